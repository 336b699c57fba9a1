# What each row means: what it needs of Secret Manager, and what is wrong with it.
module "row" {
  source   = "./modules/row"
  for_each = var.integrations

  name           = each.key
  kind           = each.value.kind
  url            = each.value.url
  files          = lookup(var.integration_files, each.key, [])
  authentication = { for field, value in each.value : field => value if startswith(field, "auth") && value != null }
  target         = each.value.target == null ? null : merge(each.value.target, lookup(var.integration_targets, each.key, {}))
}

locals {
  # Every secret of every row, under its id.
  _secrets = merge([for name, row in module.row : {
    for secret in row.secrets : "${name}-${secret}" => {
      row      = name
      secret   = secret
      variable = "${upper(replace(name, "-", "_"))}_${upper(secret)}"
      version = lookup(var.secret_versions, "${name}-${secret}", (
        secret == "token" ? var.integrations[name].token_version : 1
      ))
    }
  }]...)
  # A resource of its own since before there were others: what it holds would be gone with its address.
  tokens      = { for id, one in local._secrets : one.row => one if one.secret == "token" }
  credentials = { for id, one in local._secrets : id => one if one.secret != "token" }
  made = merge(
    { for name, secret in google_secret_manager_secret.token : "${name}-token" => secret },
    google_secret_manager_secret.credential,
  )
  secrets_of = { for name in keys(var.integrations) : name => {
    for id, one in local._secrets : one.variable => {
      id      = local.made[id].id
      secret  = local.made[id].secret_id
      version = one.version
    } if one.row == name && !contains(["ca", "cert", "key"], one.secret)
  } }
  files_of = { for name in keys(var.integrations) : name => {
    for id, one in local._secrets : "${one.variable}_FILE" => {
      id      = local.made[id].id
      secret  = local.made[id].secret_id
      version = one.version
    } if one.row == name && contains(["ca", "cert", "key"], one.secret)
  } }
}

module "integration" {
  source   = "./modules/integration"
  for_each = var.integrations

  name         = each.key
  display_name = each.value.display_name
  kind         = each.value.kind
  service      = local.service
  # One image for all of a sort (ADR 0036), but where one is held back by a digest under its own name.
  image = lookup(var.images, each.key, var.images[each.value.kind == null ? "integration" : "destination"])
  environment = merge(
    local.environment,
    lookup(var.integration_environment, each.key, {}),
    contains(keys(var.integration_targets), each.key) ? {
      INTEGRATION_TARGETS = jsonencode({ (each.key) = var.integration_targets[each.key] })
    } : {},
  )

  downstream_url = try(coalesce(lookup(var.integration_urls, each.key, null), each.value.url), null)
  secrets        = local.secrets_of[each.key]
  files          = local.files_of[each.key]
  vpc            = contains(var.fixed_egress, each.key) ? local.fixed_egress : null

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
