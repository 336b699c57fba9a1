locals {
  dead_letter_push_email = "${google_service_account.dead_letter_push.account_id}@${var.project_id}.iam.gserviceaccount.com"
}

resource "google_service_account" "dead_letter_push" {
  project      = var.project_id
  account_id   = "dead-letter-push"
  display_name = "Pushes of the dead-letter subscription"
  depends_on   = [google_project_service.this]
}

resource "google_service_account_iam_member" "dead_letter_token_creator" {
  service_account_id = google_service_account.dead_letter_push.id
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = local.pubsub_agent

  lifecycle {
    replace_triggered_by = [google_service_account.dead_letter_push.unique_id]
  }
}

# Parks what the broker gave up on. A function behind the functions-framework: it has no health routes.
module "dead_letter" {
  source   = "./modules/service"
  name     = "dead-letter"
  settings = local.service
  image    = var.images["dead-letter"]
  environment = merge(local.environment, {
    PUSH_SERVICE_ACCOUNT = local.dead_letter_push_email
    PUSH_SIGNATURE       = "platform"
  })
  audience_variable = "PUSH_AUDIENCE"
  invokers          = { push = "serviceAccount:${local.dead_letter_push_email}" }
  invoker_ids       = { push = google_service_account.dead_letter_push.unique_id }

  max_instances   = 2
  concurrency     = 16
  timeout_seconds = var.time_budget.ack_deadline_seconds
  depends_on      = [google_project_service.this]
}
