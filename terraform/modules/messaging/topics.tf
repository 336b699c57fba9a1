resource "google_pubsub_topic" "events" {
  project = var.project_id
  name    = var.topic

  dynamic "message_storage_policy" {
    for_each = length(var.regions) > 0 ? [1] : []
    content {
      allowed_persistence_regions = var.regions
    }
  }
}

resource "google_pubsub_topic" "dead_letter" {
  project = var.project_id
  name    = "${var.topic}-dead-letter"

  dynamic "message_storage_policy" {
    for_each = length(var.regions) > 0 ? [1] : []
    content {
      allowed_persistence_regions = var.regions
    }
  }
}
