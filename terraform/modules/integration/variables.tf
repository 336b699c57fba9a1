variable "downstream_url" {
  description = "Address of the downstream system."
  type        = string
  validation {
    condition     = var.downstream_url != null && can(regex("^https://[^@?#\\s]+$", var.downstream_url))
    error_message = "Every integration needs the https address of its system, without credentials, query or fragment: `url` in its row, or integration_urls."
  }
}

variable "environment" {
  description = "Environment variables that every service has."
  type        = map(string)
}

variable "image" {
  description = "Image by digest."
  type        = string
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

variable "token" {
  description = "Secret and version of the token for the downstream system."
  type        = object({ id = optional(string), secret = string, version = number })
}
