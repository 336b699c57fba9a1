# Of all five-minute windows of four weeks, 99 % in which the oldest event that waits is younger than 15 minutes.
resource "google_monitoring_slo" "age" {
  project             = var.service.project_id
  service             = var.monitoring_service
  slo_id              = "${var.name}-delivery-age"
  display_name        = "${local.label}: delivered within 15 minutes"
  goal                = 0.99
  rolling_period_days = 28

  windows_based_sli {
    window_period = "300s"
    metric_mean_in_range {
      time_series = "resource.type=\"pubsub_subscription\" AND resource.labels.subscription_id=\"${var.name}\" AND metric.type=\"pubsub.googleapis.com/subscription/oldest_unacked_message_age\""
      range {
        max = 900
      }
    }
  }
}
