# Only pushes of this one subscription; never the account that the service runs as.
resource "google_service_account" "push" {
  project      = var.service.project_id
  account_id   = "${var.name}-push"
  display_name = "Pushes of the subscription ${var.name}"

  lifecycle {
    precondition {
      condition     = length("${var.name}-push") <= 30
      error_message = "${var.name}-push: the id of an account has at most 30 characters."
    }
  }
}

resource "google_service_account_iam_member" "token_creator" {
  service_account_id = google_service_account.push.id
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = var.pubsub_agent

  lifecycle {
    replace_triggered_by = [google_service_account.push.unique_id]
  }
}
