locals {
  apis = toset(concat(
    [
      "artifactregistry.googleapis.com",
      "cloudscheduler.googleapis.com",
      "compute.googleapis.com",
      "firestore.googleapis.com",
      "iam.googleapis.com",
      "logging.googleapis.com",
      "monitoring.googleapis.com",
      "pubsub.googleapis.com",
      "run.googleapis.com",
      "secretmanager.googleapis.com",
    ],
    local.has_console ? ["iap.googleapis.com"] : [],
  ))
}

resource "google_project_service" "this" {
  for_each = local.apis
  project  = var.project_id
  service  = each.key

  # Somebody else in the project may use it too.
  disable_on_destroy = false
}
