variable "alert_emails" {
  description = "Addresses that every alert is sent to."
  type        = set(string)
  default     = []
}

variable "api_roles" {
  description = "Who may do what in the two APIs, by e-mail address or @domain: see; register centers; operate deliveries. Groups are unknown here."
  type = object({
    read     = optional(set(string), [])
    register = optional(set(string), [])
    operate  = optional(set(string), [])
  })
  validation {
    condition     = length(setunion(var.api_roles.read, var.api_roles.register, var.api_roles.operate)) > 0
    error_message = "Must name somebody: without it the services refuse to start."
  }
  validation {
    condition = alltrue([
      for member in setunion(var.api_roles.read, var.api_roles.register, var.api_roles.operate) :
      can(regex("^[^@:*[:space:]]*@[a-z0-9-]+(\\.[a-z0-9-]+)+$", lower(member)))
    ])
    error_message = "Each must be an e-mail address, or @ and a domain; a token says nothing of groups."
  }
}

variable "console_users" {
  description = "Who may open the console, as IAM members: user:, group: or domain:."
  type        = set(string)
  default     = []
  validation {
    condition     = alltrue([for member in var.console_users : can(regex("^(user|group|domain|serviceAccount):.+", member))])
    error_message = "Each must be user:, group:, domain: or serviceAccount:, never allUsers or allAuthenticatedUsers."
  }
}

variable "deletion_protection" {
  description = "Keeps the database from being destroyed. All else can be made again from this repository."
  type        = bool
  default     = true
}

variable "firestore_database" {
  description = "Name of the database that is created."
  type        = string
  default     = "mensageria"
}

variable "fixed_egress" {
  description = "Integrations and destinations whose calls come from one address that stays, for an allow list of the other side."
  type        = set(string)
  default     = []
  validation {
    condition     = length(setsubtract(var.fixed_egress, keys(var.integrations))) == 0
    error_message = "Each must be a row of the list."
  }
}

variable "images" {
  description = "Images by digest. The console is built when it is in here; an integration takes the one of its own name before the common one."
  type        = map(string)
  validation {
    condition     = alltrue([for image in values(var.images) : can(regex("@sha256:[0-9a-f]{64}$", image))])
    error_message = "Each image must end in @sha256: and its digest: a tag can be moved, and then no plan shows what runs."
  }
  validation {
    condition = length(setsubtract(
      concat(
        ["registration", "dead-letter", "sweeper"],
        [for row in values(var.integrations) : row.kind == null ? "integration" : "destination"],
      ),
      keys(var.images),
    )) == 0
    error_message = "registration, dead-letter and sweeper need an image; so do integration and destination, where a row has no kind or has one."
  }
}

variable "log_level" {
  description = "What the services log. Alerts read warnings and errors, the dashboard reads info."
  type        = string
  default     = "info"
  validation {
    condition     = contains(["info", "debug", "trace"], var.log_level)
    error_message = "Must be info, debug or trace: above info the alerts and the dashboard would see nothing."
  }
}

variable "notification_channels" {
  description = "Ids of notification channels that exist already."
  type        = list(string)
  default     = []
}

variable "project_id" {
  description = "The project: one for each environment."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "Must be the id of a project (6 to 30 characters), not its name or number."
  }
}

variable "region" {
  description = "Where everything runs and every byte is kept."
  type        = string
  default     = "southamerica-east1"
}

variable "registration_ingress" {
  description = "Who reaches registration: callers of the project's network, or of the internet. The IAM check stays."
  type        = string
  default     = "INGRESS_TRAFFIC_INTERNAL_ONLY"
}

variable "registration_invokers" {
  description = "Who may register, as IAM members."
  type        = set(string)
  default     = []
  validation {
    condition     = length(setintersection(var.registration_invokers, ["allUsers", "allAuthenticatedUsers"])) == 0
    error_message = "allUsers and allAuthenticatedUsers must never be invokers."
  }
}

variable "registration_min_instances" {
  description = "1 spares the first caller after a pause a start of about a second, and costs while idle."
  type        = number
  default     = 0
}

variable "runbook_url" {
  description = "Where docs/runbook/ can be read; alerts link to it."
  type        = string
  default     = "docs/runbook"
}

variable "secret_versions" {
  description = "Version of a secret that is not its first, by its id (`erp-password`): a pinned one. `token_version` of a row is that of NAME-token in every environment."
  type        = map(number)
  default     = {}
  validation {
    condition     = alltrue([for version in values(var.secret_versions) : version >= 1 && version <= 1000000 && floor(version) == version])
    error_message = "Each must be the number of a version of the secret: a pinned one, never latest."
  }
}

variable "subnet_cidr" {
  description = "Range of the sweeper's subnetwork; /26 is the smallest that Cloud Run takes."
  type        = string
  default     = "10.8.0.0/26"
}

variable "time_budget" {
  description = "Time budget of one push in seconds. The same constants are in packages/core/src/model/budget.ts; a test compares."
  type = object({
    call_seconds         = optional(number, 30)
    handler_seconds      = optional(number, 45)
    ack_deadline_seconds = optional(number, 60)
    lease_seconds        = optional(number, 75)
  })
  default = {}
  validation {
    condition = (
      var.time_budget.call_seconds < var.time_budget.handler_seconds
      && var.time_budget.handler_seconds < var.time_budget.ack_deadline_seconds
      && var.time_budget.ack_deadline_seconds < var.time_budget.lease_seconds
    )
    error_message = "Must grow: call < handler < ack deadline < lease, or a message comes again while its call still runs."
  }
  validation {
    condition     = var.time_budget.ack_deadline_seconds >= 10 && var.time_budget.ack_deadline_seconds <= 600
    error_message = "ack_deadline_seconds must be 10 to 600: Pub/Sub refuses the rest."
  }
}
