variable "authentication" {
  description = "How the system of an integration by code knows us: auth and its settings; a webhook has them in its target."
  type        = map(string)
  default     = {}
}

variable "files" {
  description = "PEM files besides: ca, cert, key."
  type        = set(string)
  default     = []
}

variable "kind" {
  description = "Kind of a destination by configuration; null for an integration by code."
  type        = string
  default     = null
}

variable "name" {
  description = "Name of the row."
  type        = string
}

variable "target" {
  description = "Where a destination is, with what this environment says of it."
  type        = any
  default     = null
}

variable "url" {
  description = "Address in the row, of an integration by code."
  type        = string
  default     = null
}
