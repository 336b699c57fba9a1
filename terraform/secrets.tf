# Only the containers. A person adds the values with gcloud: they are in no file, no plan and no state.
resource "google_secret_manager_secret" "token" {
  for_each  = local.tokens
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

# What a row needs besides: user and password, a shared secret, PEM files.
resource "google_secret_manager_secret" "credential" {
  for_each  = local.credentials
  project   = var.project_id
  secret_id = each.key

  replication {
    user_managed {
      replicas {
        location = var.region
      }
    }
  }
  depends_on = [google_project_service.this]
}
