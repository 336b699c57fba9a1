locals {
  # Written from the account's own fields: known in the plan, and every user of it waits for the account.
  email  = "${google_service_account.run.account_id}@${google_service_account.run.project}.iam.gserviceaccount.com"
  member = "serviceAccount:${local.email}"

  secrets = merge(var.secrets, var.files)
}

resource "google_service_account" "run" {
  project      = var.settings.project_id
  account_id   = "${var.name}-run"
  display_name = "Runs ${var.name}"

  lifecycle {
    precondition {
      condition     = length("${var.name}-run") >= 6 && length("${var.name}-run") <= 30
      error_message = "${var.name}-run: the id of an account has 6 to 30 characters."
    }
  }
}

# The one database, not every database of the project.
resource "google_project_iam_member" "firestore" {
  project = var.settings.project_id
  role    = "roles/datastore.user"
  member  = local.member

  condition {
    title      = "only-${var.settings.firestore_database}"
    expression = "resource.name == \"projects/${var.settings.project_id}/databases/${var.settings.firestore_database}\""
  }

  # A grant belongs to one account, not to its name: an account that is made again is granted everything again.
  lifecycle {
    replace_triggered_by = [google_service_account.run.unique_id]
  }
}

resource "terraform_data" "secret" {
  for_each         = local.secrets
  triggers_replace = each.value.id
}

resource "google_secret_manager_secret_iam_member" "accessor" {
  for_each  = local.secrets
  project   = var.settings.project_id
  secret_id = each.value.secret
  role      = "roles/secretmanager.secretAccessor"
  member    = local.member

  lifecycle {
    replace_triggered_by = [google_service_account.run.unique_id, terraform_data.secret[each.key]]
  }
}

resource "terraform_data" "invoker" {
  for_each         = var.invokers
  triggers_replace = lookup(var.invoker_ids, each.key, each.value)
}

resource "google_cloud_run_v2_service_iam_member" "invoker" {
  for_each = var.invokers
  project  = var.settings.project_id
  location = var.settings.region
  name     = google_cloud_run_v2_service.this.name
  role     = "roles/run.invoker"
  member   = each.value

  lifecycle {
    replace_triggered_by = [google_cloud_run_v2_service.this.uid, terraform_data.invoker[each.key]]
  }
}
