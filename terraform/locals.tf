locals {
  number       = data.google_project.this.number
  pubsub_agent = "serviceAccount:service-${local.number}@gcp-sa-pubsub.iam.gserviceaccount.com"
  iap_agent    = "serviceAccount:service-${local.number}@gcp-sa-iap.iam.gserviceaccount.com"

  # What every service is told; each adds its own.
  environment = {
    GOOGLE_CLOUD_PROJECT = var.project_id
    FIRESTORE_DATABASE   = google_firestore_database.this.name
    LOG_LEVEL            = var.log_level
  }

  # What the services that people and tools call are told besides.
  sign_in = {
    API_AUTH  = "google"
    API_ROLES = jsonencode(var.api_roles)
  }

  # What every service is built with. A service that listens to people or to several callers adds to it.
  service = {
    project_id         = var.project_id
    project_number     = local.number
    region             = var.region
    firestore_database = google_firestore_database.this.name
  }

  has_console = contains(keys(var.images), "console")
  channels = concat(
    var.notification_channels,
    [for channel in google_monitoring_notification_channel.email : channel.id],
  )
}
