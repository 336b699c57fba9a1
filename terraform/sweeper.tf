locals {
  scheduler_email = "${google_service_account.scheduler.account_id}@${var.project_id}.iam.gserviceaccount.com"
}

module "sweeper" {
  source   = "./modules/service"
  name     = "sweeper"
  settings = local.service
  image    = var.images["sweeper"]
  environment = merge(local.environment, {
    for name, integration in module.integration :
    "${upper(replace(name, "-", "_"))}_PUSH_URL" => integration.url
  })
  invokers    = { scheduler = "serviceAccount:${local.scheduler_email}" }
  invoker_ids = { scheduler = google_service_account.scheduler.unique_id }
  vpc = {
    network    = google_compute_network.this.id
    subnetwork = google_compute_subnetwork.this.id
  }

  # One process: calls that overlap share in it what must not run twice.
  max_instances = 1
  concurrency   = 4
  # 50 s of sweeping and 50 s for a hand-over that began last.
  timeout_seconds = 120
  depends_on      = [google_project_service.this]
}

resource "google_service_account" "scheduler" {
  project      = var.project_id
  account_id   = "sweeper-scheduler"
  display_name = "Calls the sweeper every minute"
  depends_on   = [google_project_service.this]
}

resource "google_cloud_scheduler_job" "sweep" {
  project          = var.project_id
  region           = var.region
  name             = "sweep"
  schedule         = "* * * * *"
  time_zone        = "America/Sao_Paulo"
  attempt_deadline = "120s"

  # The next minute is the retry.
  retry_config {
    retry_count = 0
  }
  http_target {
    http_method = "POST"
    uri         = "${module.sweeper.url}/"
    oidc_token {
      service_account_email = local.scheduler_email
      audience              = module.sweeper.url
    }
  }
}
