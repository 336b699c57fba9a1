variable "integration_environment" {
  description = "Further variables of one integration in this environment, by its name: NAME_AUTH and its sisters. Never a secret."
  type        = map(map(string))
  default     = {}
  validation {
    condition     = length(setsubtract(keys(var.integration_environment), keys(var.integrations))) == 0
    error_message = "Each must be a row of the list."
  }
}

variable "integration_files" {
  description = "PEM files that a row has in Secret Manager besides: ca (trust this authority alone), cert and key (our certificate)."
  type        = map(set(string))
  default     = {}
  validation {
    condition     = length(setsubtract(keys(var.integration_files), keys(var.integrations))) == 0
    error_message = "Each must be a row of the list."
  }
}

variable "integration_targets" {
  description = "Fields of targets in this environment, by row; they go before those of the row's `target`."
  type        = any
  default     = {}
  validation {
    condition     = alltrue([for name in keys(var.integration_targets) : try(var.integrations[name].kind, null) != null])
    error_message = "Each must be a row of the list with a kind."
  }
}

variable "integration_urls" {
  description = "Address of each downstream system in this environment; goes before the `url` of its row."
  type        = map(string)
  default     = {}
}

variable "integrations" {
  description = "The one list, integrations.auto.tfvars.json. Bounds are those of packages/contracts/src/integrations/integrations.ts; what a target is, modules/row says."
  type = map(object({
    auth           = optional(string)
    auth_audience  = optional(string)
    auth_client    = optional(string)
    auth_client_id = optional(string)
    auth_header    = optional(string)
    auth_scope     = optional(string)
    auth_token_url = optional(string)
    display_name   = optional(string)
    kind           = optional(string)
    target = optional(object({
      auth           = optional(string)
      auth_audience  = optional(string)
      auth_client    = optional(string)
      auth_client_id = optional(string)
      auth_header    = optional(string)
      auth_scope     = optional(string)
      auth_token_url = optional(string)
      brokers        = optional(list(string))
      endpoint       = optional(string)
      exchange       = optional(string)
      ordering       = optional(bool)
      queue_url      = optional(string)
      region         = optional(string)
      rejected_by    = optional(list(number))
      routing_key    = optional(string)
      sasl           = optional(string)
      tls            = optional(bool)
      topic          = optional(string)
      topic_arn      = optional(string)
      url            = optional(string)
    }))
    min_backoff_seconds      = optional(number, 10)
    max_backoff_seconds      = optional(number, 600)
    max_delivery_attempts    = optional(number, 100)
    max_concurrency          = optional(number, 32)
    max_rate_per_second      = optional(number)
    recovery_rate_per_second = optional(number, 200)
    recovery_window_max      = optional(number, 100)
    since                    = optional(string)
    token_version            = optional(number, 1)
    url                      = optional(string)
  }))
  validation {
    condition     = alltrue([for row in values(var.integrations) : row.display_name == null ? true : length(trimspace(row.display_name)) >= 1 && length(trimspace(row.display_name)) <= 60])
    error_message = "display_name must have 1 to 60 characters."
  }
  validation {
    condition     = alltrue([for name in keys(var.integrations) : can(regex("^[a-z][a-z0-9-]{1,23}[a-z0-9]$", name)) && !startswith(name, "goog")])
    error_message = "A name has 3 to 25 characters (a-z, 0-9, -) and does not begin with goog: it is the id of a subscription, and with -push that of an account."
  }
  validation {
    condition     = length(setintersection(keys(var.integrations), ["registration", "dead-letter", "sweeper", "console", "standalone", "integration", "destination"])) == 0
    error_message = "registration, dead-letter, sweeper, console, standalone, integration and destination are services or images of ours."
  }
  validation {
    condition = alltrue([for row in values(var.integrations) :
      row.min_backoff_seconds >= 0 && row.max_backoff_seconds <= 600 && row.min_backoff_seconds <= row.max_backoff_seconds
    ])
    error_message = "Backoff must be 0 to 600 seconds, and min_backoff_seconds not above max_backoff_seconds."
  }
  validation {
    condition = alltrue([for row in values(var.integrations) :
      row.max_delivery_attempts >= 5 && row.max_delivery_attempts <= 100
      && floor(row.max_delivery_attempts) == row.max_delivery_attempts
    ])
    error_message = "max_delivery_attempts must be a whole number from 5 to 100."
  }
  validation {
    condition = alltrue([for row in values(var.integrations) :
      row.max_concurrency >= 1 && row.max_concurrency <= 1000 && floor(row.max_concurrency) == row.max_concurrency
    ])
    error_message = "max_concurrency must be a whole number from 1 to 1000."
  }
  validation {
    condition = alltrue([for row in values(var.integrations) :
      row.max_rate_per_second == null ? true : row.max_rate_per_second > 0 && row.max_rate_per_second <= 10000
    ])
    error_message = "max_rate_per_second must be above 0 and at most 10000."
  }
  validation {
    condition = alltrue([for row in values(var.integrations) :
      row.recovery_rate_per_second > 0 && row.recovery_rate_per_second <= 10000
      && row.recovery_window_max >= 1 && row.recovery_window_max <= 1000
    ])
    error_message = "recovery_rate_per_second must be above 0 and at most 10000, recovery_window_max 1 to 1000."
  }
  validation {
    condition = alltrue([for row in values(var.integrations) :
      row.token_version >= 1 && row.token_version <= 1000000 && floor(row.token_version) == row.token_version
    ])
    error_message = "token_version must be the number of a version of the secret: a pinned one, never latest."
  }
}
