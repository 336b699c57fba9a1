locals {
  _day = 86400
}

# A dead-letter topic without a subscription loses what comes: this one is made before any other.
resource "google_pubsub_subscription" "dead_letter" {
  project                    = var.project_id
  name                       = google_pubsub_topic.dead_letter.name
  topic                      = google_pubsub_topic.dead_letter.id
  ack_deadline_seconds       = var.ack_deadline_seconds
  message_retention_duration = "${var.dead_letter_retention_days * local._day}s"
  enable_message_ordering    = false

  # Empty: never. By default a subscription without traffic is deleted after 31 days.
  expiration_policy {
    ttl = ""
  }
  retry_policy {
    minimum_backoff = "10s"
    maximum_backoff = "600s"
  }
  push_config {
    push_endpoint = var.dead_letter_push.endpoint
    dynamic "oidc_token" {
      for_each = var.dead_letter_push.service_account == null ? [] : [1]
      content {
        service_account_email = var.dead_letter_push.service_account
        audience              = var.dead_letter_push.audience
      }
    }
  }
}

# No filter: it could never be changed, and every event is everybody's. No ordering keys (ADR 0006).
resource "google_pubsub_subscription" "integration" {
  for_each                   = var.subscriptions
  project                    = var.project_id
  name                       = each.key
  topic                      = google_pubsub_topic.events.id
  ack_deadline_seconds       = var.ack_deadline_seconds
  message_retention_duration = "${var.retention_days * local._day}s"
  enable_message_ordering    = false

  expiration_policy {
    ttl = ""
  }
  retry_policy {
    minimum_backoff = "${each.value.min_backoff_seconds}s"
    maximum_backoff = "${each.value.max_backoff_seconds}s"
  }
  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.dead_letter.id
    max_delivery_attempts = each.value.max_delivery_attempts
  }
  push_config {
    push_endpoint = each.value.push.endpoint
    dynamic "oidc_token" {
      for_each = each.value.push.service_account == null ? [] : [1]
      content {
        service_account_email = each.value.push.service_account
        audience              = each.value.push.audience
      }
    }
  }
  depends_on = [google_pubsub_subscription.dead_letter]

  lifecycle {
    precondition {
      condition = each.value.min_backoff_seconds >= 0 && each.value.max_backoff_seconds <= 600 && (
        each.value.min_backoff_seconds <= each.value.max_backoff_seconds
      )
      error_message = "${each.key}: backoff must be 0 to 600 seconds, the smallest not above the largest."
    }
    precondition {
      condition     = each.value.max_delivery_attempts >= 5 && each.value.max_delivery_attempts <= 100
      error_message = "${each.key}: Pub/Sub takes 5 to 100 delivery attempts."
    }
  }
}
