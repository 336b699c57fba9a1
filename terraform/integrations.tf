module "integration" {
  source   = "./modules/integration"
  for_each = var.integrations

  name    = each.key
  service = local.service
  # One image for all of them (ADR 0036), but where one is held back by a digest under its own name.
  image       = lookup(var.images, each.key, var.images["integration"])
  environment = merge(local.environment, { INTEGRATION = each.key })

  downstream_url = try(coalesce(lookup(var.integration_urls, each.key, null), each.value.url), null)
  token = {
    id      = google_secret_manager_secret.token[each.key].id
    secret  = google_secret_manager_secret.token[each.key].secret_id
    version = each.value.token_version
  }

  max_concurrency       = each.value.max_concurrency
  time_budget           = var.time_budget
  sweeper_account_id    = module.sweeper.account_id
  sweeper_member        = module.sweeper.member
  sweeper_email         = module.sweeper.email
  pubsub_agent          = local.pubsub_agent
  monitoring_service    = google_monitoring_custom_service.this.service_id
  notification_channels = local.channels
  runbook_url           = var.runbook_url

  depends_on = [google_project_service.this]
}
