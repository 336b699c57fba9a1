locals {
  _attempts = "metric.type=\"logging.googleapis.com/user/mensageria/delivery_attempted\" AND resource.type=\"cloud_run_revision\""
  _push     = "resource.type=\"pubsub_subscription\" AND metric.type=\"pubsub.googleapis.com/subscription/"
  _run      = "resource.type=\"cloud_run_revision\" AND metric.type=\"run.googleapis.com/"

  # One line for each integration in each chart, so that a new integration needs no new chart (a dashboard holds 50).
  charts = [
    { title = "Oldest event that waits (s)", filter = "${local._push}oldest_unacked_message_age\"", aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", by = "resource.label.subscription_id" },
    { title = "Events that wait", filter = "${local._push}num_undelivered_messages\"", aligner = "ALIGN_MAX", reducer = "REDUCE_SUM", by = "resource.label.subscription_id" },
    { title = "Delivered", filter = "${local._attempts} AND metric.labels.outcome=\"delivered\"", aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = "metric.label.integration" },
    { title = "Attempts that failed, by cause", filter = "${local._attempts} AND metric.labels.outcome!=\"delivered\"", aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = "metric.label.cause" },
    { title = "Duration of a call, p95 (ms)", filter = "metric.type=\"logging.googleapis.com/user/mensageria/delivery_duration\" AND resource.type=\"cloud_run_revision\"", aligner = "ALIGN_DELTA", reducer = "REDUCE_PERCENTILE_95", by = "metric.label.integration" },
    { title = "Dead letters", filter = "${local._push}dead_letter_message_count\"", aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = "resource.label.subscription_id" },
    { title = "Pushes by answer", filter = "${local._push}push_request_count\"", aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = "metric.label.response_class" },
    { title = "Requests by answer", filter = "${local._run}request_count\"", aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = "metric.label.response_code_class" },
    { title = "Instances", filter = "${local._run}container/instance_count\"", aligner = "ALIGN_MAX", reducer = "REDUCE_SUM", by = "resource.label.service_name" },
  ]
}

resource "google_monitoring_dashboard" "this" {
  project = var.project_id
  dashboard_json = jsonencode({
    displayName = "Mensageria"
    gridLayout = {
      columns = "3"
      widgets = [for chart in local.charts : {
        title = chart.title
        xyChart = {
          dataSets = [{
            plotType   = "LINE"
            targetAxis = "Y1"
            timeSeriesQuery = {
              timeSeriesFilter = {
                filter = chart.filter
                aggregation = {
                  alignmentPeriod    = "60s"
                  perSeriesAligner   = chart.aligner
                  crossSeriesReducer = chart.reducer
                  groupByFields      = [chart.by]
                }
              }
            }
          }]
        }
      }]
    }
  })
  depends_on = [google_project_service.this]
}
