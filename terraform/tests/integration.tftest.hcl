mock_provider "google" {}

variables {
  name                  = "billing-2"
  service               = { project_id = "mensageria-test", project_number = "123456789012", region = "southamerica-east1", firestore_database = "mensageria" }
  image                 = "registry.example.com/billing-2@sha256:00"
  environment           = { LOG_LEVEL = "info" }
  downstream_url        = "https://billing.example.com/api"
  secrets               = { BILLING_2_TOKEN = { secret = "billing-2-token", version = 1 } }
  max_concurrency       = 33
  time_budget           = { ack_deadline_seconds = 60 }
  sweeper_account_id    = "100000000000000000001"
  sweeper_email         = "sweeper-run@mensageria-test.iam.gserviceaccount.com"
  sweeper_member        = "serviceAccount:sweeper-run@mensageria-test.iam.gserviceaccount.com"
  pubsub_agent          = "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com"
  monitoring_service    = "mensageria"
  notification_channels = []
  runbook_url           = "https://example.com/runbook"
}

run "wiring" {
  command = plan
  module {
    source = "./modules/integration"
  }
  assert {
    condition     = output.push == { endpoint = "${output.url}/push", audience = output.url, service_account = "billing-2-push@mensageria-test.iam.gserviceaccount.com" }
    error_message = "Its subscription pushes to it with its own push account."
  }
  assert {
    condition     = local.instances * local.concurrency <= 33 && local.instances == 2 && local.concurrency == 16
    error_message = "Instances x concurrency never exceeds max_concurrency."
  }
  assert {
    condition     = local.prefix == "BILLING_2"
    error_message = "Variables are named as the code reads them."
  }
  assert {
    condition     = toset(keys(google_monitoring_alert_policy.log)) == toset(["down", "misconfigured", "rejected", "unreached"]) && toset(keys(google_monitoring_alert_policy.threshold)) == toset(["late", "parked"])
    error_message = "Each integration has its six alerts."
  }
  assert {
    condition = alltrue([for alert in concat(values(google_monitoring_alert_policy.log), values(google_monitoring_alert_policy.threshold)) :
      alltrue([for part in ["What happened.", "What it means.", "What to do.", "Runbook: https://example.com/runbook/"] : strcontains(alert.documentation[0].content, part)])
    ])
    error_message = "An alert says what happened, what it means and what to do."
  }
  assert {
    condition     = google_monitoring_slo.age.goal == 0.99 && google_monitoring_slo.age.windows_based_sli[0].metric_mean_in_range[0].range[0].max == 900
    error_message = "99 % of the five-minute windows deliver within 15 minutes."
  }
}

# What the sweeper writes of an outage, and what Cloud Run writes where none of our code runs.
run "a_name_that_people_use" {
  command = plan
  module {
    source = "./modules/integration"
  }
  variables {
    display_name = " Billing of São Paulo "
  }
  assert {
    condition = alltrue([for alert in concat(values(google_monitoring_alert_policy.log), values(google_monitoring_alert_policy.threshold)) :
      strcontains(alert.display_name, "Billing of São Paulo") && !strcontains(alert.display_name, "billing-2")
      && strcontains(alert.documentation[0].content, "Row, service and subscription: billing-2.")
    ]) && google_monitoring_slo.age.display_name == "Billing of São Paulo: delivered within 15 minutes"
    error_message = "Alerts and objectives say the name that people use, and where it is."
  }
  assert {
    condition     = strcontains(google_monitoring_alert_policy.log["down"].conditions[0].condition_matched_log[0].filter, "jsonPayload.integration=\"billing-2\"") && strcontains(google_monitoring_alert_policy.threshold["late"].conditions[0].condition_threshold[0].filter, "subscription_id=\"billing-2\"")
    error_message = "Filters have the name that logs and metrics carry."
  }
}

run "an_alert_within_five_minutes" {
  command = plan
  module {
    source = "./modules/integration"
  }
  assert {
    condition     = google_monitoring_alert_policy.log["down"].conditions[0].condition_matched_log[0].filter == "resource.type=\"cloud_run_revision\" AND jsonPayload.integration=\"billing-2\" AND jsonPayload.message=\"integration.down\""
    error_message = "The line of the sweeper is found, whichever service writes it."
  }
  assert {
    condition = alltrue([for part in ["service_name=\"billing-2\"", "run.googleapis.com/varlog/system", "httpRequest.status=403"] :
      strcontains(google_monitoring_alert_policy.log["unreached"].conditions[0].condition_matched_log[0].filter, part)
    ])
    error_message = "A service that does not start or may not be called is told by the platform's own lines."
  }
}

run "one_at_a_time" {
  command = plan
  module {
    source = "./modules/integration"
  }
  variables {
    max_concurrency = 1
  }
  assert {
    condition     = local.instances == 1 && local.concurrency == 1
    error_message = "One at a time is one."
  }
}

run "a_thousand_at_once" {
  command = plan
  module {
    source = "./modules/integration"
  }
  variables {
    max_concurrency = 1000
  }
  assert {
    condition     = local.instances == 13 && local.concurrency == 76
    error_message = "No instance holds more than 80 requests."
  }
}

run "an_address_without_encryption" {
  command = plan
  module {
    source = "./modules/integration"
  }
  variables {
    downstream_url = "http://billing.example.com"
  }
  expect_failures = [var.downstream_url]
}

run "no_address" {
  command = plan
  module {
    source = "./modules/integration"
  }
  variables {
    downstream_url = null
  }
  expect_failures = [var.downstream_url]
}
