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

variable "project_id" {
  description = "The project."
  type        = string
}

variable "regions" {
  description = "Where messages may be kept; anywhere if empty. They hold names and addresses (LGPD)."
  type        = list(string)
  default     = []
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
