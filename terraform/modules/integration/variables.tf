variable "display_name" {
  description = "How people call the system, in alerts and objectives; null for its name."
  type        = string
  default     = null
}

variable "downstream_url" {
  description = "Address of the downstream system of an integration by code."
  type        = string
  default     = null
  validation {
    condition     = var.kind != null ? true : var.downstream_url != null && can(regex("^https://[^@?#\\s]+$", var.downstream_url))
    error_message = "${var.name}: an integration by code needs the https address of its system, without credentials, query or fragment: `url` in its row, or integration_urls."
  }
}

variable "environment" {
  description = "Environment variables that every service has."
  type        = map(string)
}

variable "files" {
  description = "Variables that name a PEM file, each with its secret and version."
  type        = map(object({ id = optional(string), secret = string, version = number }))
  default     = {}
}

variable "image" {
  description = "Image by digest."
  type        = string
}

variable "kind" {
  description = "Kind of a destination by configuration; null for an integration by code."
  type        = string
  default     = null
}

variable "max_concurrency" {
  description = "Pushes in work at once."
  type        = number
}

variable "monitoring_service" {
  description = "Service that the SLO belongs to."
  type        = string
}

variable "name" {
  description = "Name of the integration: its folder, service, subscription and row."
  type        = string
}

variable "notification_channels" {
  description = "Where alerts go."
  type        = list(string)
}

variable "pubsub_agent" {
  description = "Pub/Sub's own account in this project, as an IAM member."
  type        = string
}

variable "runbook_url" {
  description = "Where docs/runbook/ can be read."
  type        = string
}

variable "secrets" {
  description = "Variables with what the downstream system asks for, each with its secret and version."
  type        = map(object({ id = optional(string), secret = string, version = number }))
  default     = {}
}

variable "service" {
  description = "Settings of modules/service."
  type = object({
    project_id         = string
    project_number     = string
    region             = string
    firestore_database = string
  })
}

variable "sweeper_account_id" {
  description = "Unique id of the sweeper's account."
  type        = string
}

variable "sweeper_email" {
  description = "Account of the sweeper, which hands parked deliveries over."
  type        = string
}

variable "sweeper_member" {
  description = "The same as an IAM member."
  type        = string
}

variable "time_budget" {
  description = "Time budget of one push."
  type        = object({ ack_deadline_seconds = number })
}

variable "vpc" {
  description = "Network that its calls go through, where they must come from one address."
  type        = object({ network = string, subnetwork = string })
  default     = null
}
