locals {
  _lines = "resource.type=\"cloud_run_revision\" AND jsonPayload.message="

  # The canonical lines of the code, as counters for the dashboard. Labels are few and closed: a center's id is none.
  log_metrics = {
    delivery_attempted = { line = "delivery.attempted", labels = ["integration", "outcome", "cause"] }
    delivery_parked    = { line = "delivery.parked", labels = ["integration"] }
    integration_down   = { line = "integration.down", labels = ["integration"] }
    message_unreadable = { line = "message.unreadable", labels = [] }
  }
}

resource "google_logging_metric" "count" {
  for_each = local.log_metrics
  project  = var.project_id
  name     = "mensageria/${each.key}"
  filter   = "${local._lines}\"${each.value.line}\""

  label_extractors = { for label in each.value.labels : label => "EXTRACT(jsonPayload.${label})" }
  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
    unit        = "1"
    dynamic "labels" {
      for_each = each.value.labels
      content {
        key        = labels.value
        value_type = "STRING"
      }
    }
  }
  depends_on = [google_project_service.this]
}

# How long a call of a downstream takes.
resource "google_logging_metric" "delivery_duration" {
  project         = var.project_id
  name            = "mensageria/delivery_duration"
  filter          = "${local._lines}\"delivery.attempted\""
  value_extractor = "EXTRACT(jsonPayload.durationMs)"

  label_extractors = { integration = "EXTRACT(jsonPayload.integration)" }
  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "DISTRIBUTION"
    unit        = "ms"
    labels {
      key        = "integration"
      value_type = "STRING"
    }
  }
  # 1 ms to 33 s: a call ends after 30.
  bucket_options {
    exponential_buckets {
      num_finite_buckets = 15
      growth_factor      = 2
      scale              = 1
    }
  }
  depends_on = [google_project_service.this]
}
