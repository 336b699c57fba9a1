variable "audience_variable" {
  description = "Variable that tells the service its own address, which its callers' tokens are for."
  type        = string
  default     = null
}

variable "concurrency" {
  description = "Requests at once in one instance."
  type        = number
}

variable "environment" {
  description = "Environment variables. Never a secret."
  type        = map(string)
}

variable "files" {
  description = "Environment variables that name a file, each with the secret and the pinned version that is in it."
  type        = map(object({ id = optional(string), secret = string, version = number }))
  default     = {}
}

variable "health" {
  description = "The service answers GET /health/live and /health/ready."
  type        = bool
  default     = false
}

variable "iap" {
  description = "People sign in through IAP before they reach it."
  type        = bool
  default     = false
}

variable "image" {
  description = "Image by digest."
  type        = string
}

variable "ingress" {
  description = "From where it can be reached."
  type        = string
  default     = "INGRESS_TRAFFIC_INTERNAL_ONLY"
  validation {
    condition     = contains(["INGRESS_TRAFFIC_ALL", "INGRESS_TRAFFIC_INTERNAL_ONLY", "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"], var.ingress)
    error_message = "Must be INGRESS_TRAFFIC_ALL, _INTERNAL_ONLY or _INTERNAL_LOAD_BALANCER."
  }
}

variable "invoker_ids" {
  description = "Unique id of the account behind an invoker, where it is made here: unknown while the account is made again."
  type        = map(string)
  default     = {}
}

variable "invokers" {
  description = "Who may call it, as IAM members, under names that stay."
  type        = map(string)
  default     = {}
  # ADR 0017: Cloud Run removes the signature of a token that it has checked. Open to everybody, we would believe anybody.
  validation {
    condition     = length(setintersection(values(var.invokers), ["allUsers", "allAuthenticatedUsers"])) == 0
    error_message = "allUsers and allAuthenticatedUsers must never be invokers."
  }
}

variable "max_instances" {
  description = "Instances at most; with the concurrency it bounds what reaches a downstream."
  type        = number
}

variable "memory" {
  description = "Memory of one instance."
  type        = string
  default     = "512Mi"
}

variable "min_instances" {
  description = "Instances that wait for requests."
  type        = number
  default     = 0
}

variable "name" {
  description = "Name of the service, and the first part of its account's id."
  type        = string
}

variable "secrets" {
  description = "Environment variables from Secret Manager, by a pinned version; `id` is unknown while a secret is made again."
  type        = map(object({ id = optional(string), secret = string, version = number }))
  default     = {}
}

variable "settings" {
  description = "What every service of an environment shares."
  type = object({
    project_id         = string
    project_number     = string
    region             = string
    firestore_database = string
  })
}

variable "timeout_seconds" {
  description = "How long one request may take."
  type        = number
}

variable "vpc" {
  description = "Network that all its traffic goes through, where it calls a service that is reached from inside only."
  type        = object({ network = string, subnetwork = string })
  default     = null
}
