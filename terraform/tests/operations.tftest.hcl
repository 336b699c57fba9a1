# Network, images, console, monitoring.
mock_provider "google" {
  source = "./tests/mocks"
}

run "operations" {
  command = plan
  assert {
    condition     = google_compute_subnetwork.this.private_ip_google_access
    error_message = "The sweeper reaches services and APIs through its network."
  }
  assert {
    condition     = toset([for policy in google_artifact_registry_repository.images.cleanup_policies : policy.action]) == toset(["KEEP", "DELETE"])
    error_message = "Old images go, recent ones stay."
  }
  assert {
    condition = toset(concat(keys(google_monitoring_alert_policy.log), keys(google_monitoring_alert_policy.threshold))) == toset([
      "dead-letters-late", "registration-errors", "sweep-failed", "unaccounted", "unauthenticated", "unreadable",
    ])
    error_message = "The alerts of the whole."
  }
  assert {
    condition = alltrue([for alert in concat(values(google_monitoring_alert_policy.log), values(google_monitoring_alert_policy.threshold), [google_monitoring_alert_policy.sweeper_silent]) :
      alltrue([for part in ["What happened.", "What it means.", "What to do.", "Runbook: "] : strcontains(alert.documentation[0].content, part)])
    ])
    error_message = "An alert says what happened, what it means and what to do."
  }
  assert {
    condition     = length(jsondecode(google_monitoring_dashboard.this.dashboard_json).gridLayout.widgets) <= 50
    error_message = "A dashboard holds 50 charts."
  }
  assert {
    condition     = alltrue([for name, metric in google_logging_metric.count : !contains(keys(metric.label_extractors), "centerId")])
    error_message = "A label with a value for each center would be a time series for each center."
  }
  assert {
    condition     = length(module.console) == 1 && length(google_iap_web_cloud_run_service_iam_member.console_user) == 1
    error_message = "The console is there when it has an image."
  }
}

run "console_left_out" {
  command = plan
  variables {
    images = {
      registration = "registry.example.com/a@sha256:0000000000000000000000000000000000000000000000000000000000000000"
      dead-letter  = "registry.example.com/a@sha256:0000000000000000000000000000000000000000000000000000000000000000"
      sweeper      = "registry.example.com/a@sha256:0000000000000000000000000000000000000000000000000000000000000000"
      integration  = "registry.example.com/a@sha256:0000000000000000000000000000000000000000000000000000000000000000"
    }
  }
  assert {
    condition     = length(module.console) == 0 && output.console_url == null && !contains(keys(google_project_service.this), "iap.googleapis.com")
    error_message = "Without an image there is no console, and nothing of it."
  }
}
