module "integration" {
  source   = "./modules/integration"
  for_each = var.integrations

  name        = each.key
  service     = local.service
  image       = var.images[each.key]
  environment = local.environment

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
