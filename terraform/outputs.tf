output "console_url" {
  description = "The console, or null where it is left out."
  value       = try(module.console["console"].url, null)
}

output "egress_address" {
  description = "The address that the rows of fixed_egress call from, or null."
  value       = try(google_compute_address.egress["fixed"].address, null)
}

output "firestore_database" {
  description = "Database of centers, events and the ledger."
  value       = google_firestore_database.this.name
}

output "foreign_topic_grants" {
  description = "What the owner of a topic in another project runs, so that a pubsub destination may publish there."
  value = { for name, parts in local.foreign_topics : name =>
    "gcloud pubsub topics add-iam-policy-binding ${parts[3]} --project=${parts[1]} --member=serviceAccount:${module.integration[name].email} --role=roles/pubsub.publisher"
  }
}

output "image_repository" {
  description = "Where images are pushed to."
  value       = "${var.region}-docker.pkg.dev/${var.project_id}/${google_artifact_registry_repository.images.repository_id}"
}

output "integration_accounts" {
  description = "E-mail of the account that each integration runs as: what a downstream may ask for."
  value       = { for name, integration in module.integration : name => integration.email }
}

output "registration_url" {
  description = "Where centers are registered."
  value       = module.registration.url
}

output "retry_horizon_hours" {
  description = "How long the broker tries each integration before it parks a delivery; afterwards the sweeper owns it."
  value = { for name, row in var.integrations : name =>
    sum([for n in range(row.max_delivery_attempts - 1) :
      min(row.max_backoff_seconds, row.min_backoff_seconds * pow(2, min(n, 40)))
    ]) / 3600
  }
}

output "secrets" {
  description = "Every secret that a row needs: each must have a version before its service starts."
  value       = sort([for secret in values(local.made) : secret.secret_id])
}

output "time_budget" {
  description = "The time budget of one push, in seconds."
  value       = var.time_budget
}

output "topic" {
  description = "Topic of the events; its subscriptions are named after the integrations."
  value       = module.messaging.topic
  depends_on = [
    google_pubsub_subscription_iam_member.dead_letter_agent,
    google_pubsub_topic_iam_member.dead_letter_agent,
    google_pubsub_topic_iam_member.publisher,
  ]
}
