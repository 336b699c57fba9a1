locals {
  # As people call it. What a machine reads has the name.
  label = var.display_name == null ? var.name : trimspace(var.display_name)

  prefix     = upper(replace(var.name, "-", "_"))
  push_email = "${google_service_account.push.account_id}@${google_service_account.push.project}.iam.gserviceaccount.com"

  # Which row the image is to be, and where an integration by code finds its system.
  what = var.kind == null ? { INTEGRATION = var.name, "${local.prefix}_URL" = var.downstream_url } : { DESTINATION = var.name }

  # The bulkhead: instances x concurrency never exceeds max_concurrency. Two instances, so that a restart of one is no
  # outage, and more where one would hold above 80 requests.
  instances   = max(min(2, var.max_concurrency), ceil(var.max_concurrency / 80))
  concurrency = floor(var.max_concurrency / local.instances)
}

module "service" {
  source   = "../service"
  name     = var.name
  settings = var.service
  image    = var.image
  environment = merge(var.environment, local.what, {
    PUSH_SERVICE_ACCOUNT    = local.push_email
    PUSH_SIGNATURE          = "platform"
    SWEEPER_SERVICE_ACCOUNT = var.sweeper_email
  })
  audience_variable = "PUSH_AUDIENCE"
  secrets           = var.secrets
  files             = var.files
  vpc               = var.vpc
  invokers = {
    push    = "serviceAccount:${local.push_email}"
    sweeper = var.sweeper_member
  }
  invoker_ids = {
    push    = google_service_account.push.unique_id
    sweeper = var.sweeper_account_id
  }

  max_instances   = local.instances
  concurrency     = local.concurrency
  timeout_seconds = var.time_budget.ack_deadline_seconds
  health          = true
}
