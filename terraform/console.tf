# Operations API and page, for people: behind IAP, which signs them in. It is there when `images` names it.
module "console" {
  source   = "./modules/service"
  for_each = local.has_console ? toset(["console"]) : toset([])

  name     = each.key
  settings = local.service
  image    = var.images[each.key]
  environment = merge(local.environment, local.sign_in, length(var.integration_targets) == 0 ? {} : {
    # It shows where each destination is.
    INTEGRATION_TARGETS = jsonencode(var.integration_targets)
    }, {
    # What IAP's assertions for this service carry.
    API_IAP_AUDIENCE = "/projects/${local.number}/locations/${var.region}/services/${each.key}"
  })
  ingress  = "INGRESS_TRAFFIC_ALL"
  iap      = true
  invokers = { iap = local.iap_agent }

  # One process: of two redrives of the same delivery, asked for at once, the second must see the first.
  max_instances = 1
  # Every open page keeps a request for its events: WATCHERS_MAX of services/console/src/watchers.ts is below half of this.
  concurrency = 250
  # A watcher keeps a connection for as long as Cloud Run lets them, and then comes again.
  timeout_seconds = 3600
  health          = true
  depends_on      = [google_project_service.this]
}

# Made again, it lets nobody in until they are granted it again.
resource "terraform_data" "console" {
  for_each         = module.console
  triggers_replace = each.value.uid
}

resource "google_iap_web_cloud_run_service_iam_member" "console_user" {
  for_each               = local.has_console ? var.console_users : toset([])
  project                = var.project_id
  location               = var.region
  cloud_run_service_name = module.console["console"].name
  role                   = "roles/iap.httpsResourceAccessor"
  member                 = each.value

  lifecycle {
    replace_triggered_by = [terraform_data.console["console"]]
  }
}
