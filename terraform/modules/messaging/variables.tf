variable "ack_deadline_seconds" {
  description = "How long Pub/Sub waits for an answer; it is the timeout of the push request too."
  type        = number
  default     = 60
  validation {
    condition     = var.ack_deadline_seconds >= 10 && var.ack_deadline_seconds <= 600
    error_message = "Must be 10 to 600 seconds."
  }
}

variable "dead_letter_push" {
  description = "Where dead letters are pushed to. Without an account no token is sent: for the emulator only."
  type = object({
    endpoint        = string
    audience        = optional(string)
    service_account = optional(string)
  })
}

variable "dead_letter_retention_days" {
  description = "How long a dead letter is kept until it is parked. 31 is the longest that Pub/Sub takes, 7 that its emulator does."
  type        = number
  default     = 31
  validation {
    condition     = var.dead_letter_retention_days >= 1 && var.dead_letter_retention_days <= 31 && floor(var.dead_letter_retention_days) == var.dead_letter_retention_days
    error_message = "Must be a whole number of days from 1 to 31."
  }
}

variable "project_id" {
  description = "The project."
  type        = string
}

variable "regions" {
  description = "Where messages may be kept; anywhere if empty. They hold names and addresses (LGPD)."
  type        = list(string)
  default     = []
}

variable "retention_days" {
  description = "How long a message is kept for an integration: beyond the longest retry horizon (16.5 h), or it dies before it is dead-lettered."
  type        = number
  default     = 7
  validation {
    condition     = var.retention_days >= 1 && var.retention_days <= 31 && floor(var.retention_days) == var.retention_days
    error_message = "Must be a whole number of days from 1 to 31."
  }
}

variable "subscriptions" {
  description = "One push subscription for each integration, by its name."
  type = map(object({
    min_backoff_seconds   = optional(number, 10)
    max_backoff_seconds   = optional(number, 600)
    max_delivery_attempts = optional(number, 100)
    push = object({
      endpoint        = string
      audience        = optional(string)
      service_account = optional(string)
    })
  }))
}

variable "topic" {
  description = "Name of the topic; packages/contracts/src/event.ts has the same."
  type        = string
  default     = "distribution-center-events"
}
