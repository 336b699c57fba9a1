# Only the containers. A person adds the values with gcloud: they are in no file, no plan and no state.
resource "google_secret_manager_secret" "token" {
  for_each  = var.integrations
  project   = var.project_id
  secret_id = "${each.key}-token"

  replication {
    user_managed {
      replicas {
        location = var.region
      }
    }
  }
  depends_on = [google_project_service.this]
}
