module "registration" {
  source            = "./modules/service"
  name              = "registration"
  settings          = local.service
  image             = var.images["registration"]
  environment       = merge(local.environment, local.sign_in)
  audience_variable = "API_AUDIENCE"
  ingress           = var.registration_ingress
  invokers          = { for member in var.registration_invokers : member => member }

  min_instances   = var.registration_min_instances
  max_instances   = 10
  concurrency     = 80
  timeout_seconds = 30
  health          = true
  depends_on      = [google_project_service.this]
}
