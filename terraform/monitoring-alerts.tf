locals {
  log_alerts = {
    unreadable = {
      title  = "A message cannot be read"
      filter = "${local._lines}\"message.unreadable\""
      text   = <<-TEXT
        **What happened.** A message came that is no event of ours; `reason` in the log line says why.
        **What it means.** Somebody else published to the topic, or a newer release did. It is kept raw, not lost, and no center of ours is affected.
        **What to do.** Look at it in the console under unreadable messages. From a newer release: roll the integrations forward. From somebody else: take their right to publish away.
      TEXT
    }
    unauthenticated = {
      title  = "A push was refused: wrong token"
      filter = "${local._lines}\"push.unauthenticated\""
      text   = <<-TEXT
        **What happened.** A push passed Cloud Run's check but not ours; `reason` in the log line says which part of its token is wrong.
        **What it means.** PUSH_AUDIENCE, PUSH_SERVICE_ACCOUNT or PUSH_SIGNATURE differs from the subscription, or somebody tries. The message comes again, nothing is lost.
        **What to do.** Apply Terraform again: it sets both sides. If the plan is empty, look who else may invoke the service.
      TEXT
    }
    sweep-failed = {
      title  = "A sweep failed"
      filter = "${local._lines}\"sweep.failed\""
      text   = <<-TEXT
        **What happened.** The sweeper ended with an error; the stack is in the log line.
        **What it means.** The next minute tries again. While it fails, parked deliveries do not come back and events that were not published wait.
        **What to do.** Firestore or Pub/Sub away: wait. Otherwise roll the sweeper back to the image before.
      TEXT
    }
    unaccounted = {
      title  = "Centers that wait for nobody"
      filter = "${local._lines}\"stats.unaccounted\""
      text   = <<-TEXT
        **What happened.** An integration owes centers that wait, no open event brings them, and no backfill is to come or under way; the log line says at which, and how many.
        **What it means.** Nothing will deliver them by itself. They are shown as waiting. A person has cancelled a backfill of `system`, or something deleted or overwrote what it must not.
        **What to do.** Redrive the integration with the state waiting: it goes through all centers and sends what is missing.
      TEXT
    }
  }

  threshold_alerts = {
    dead-letters-late = {
      title  = "Dead letters are not parked"
      filter = "resource.type=\"pubsub_subscription\" AND resource.labels.subscription_id=\"${module.messaging.dead_letter_subscription}\" AND metric.type=\"pubsub.googleapis.com/subscription/oldest_unacked_message_age\""

      aligner   = "ALIGN_MAX"
      threshold = 600
      text      = <<-TEXT
        **What happened.** A dead letter waits for more than ten minutes.
        **What it means.** The service dead-letter fails or cannot write the ledger. The message is kept for 31 days; until it is parked the console shows it as retrying.
        **What to do.** Read the log of dead-letter. When it works again Pub/Sub brings everything.
      TEXT
    }
    registration-errors = {
      title  = "Registration answers 5xx"
      filter = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"registration\" AND metric.type=\"run.googleapis.com/request_count\" AND metric.labels.response_code_class=\"5xx\""

      aligner   = "ALIGN_DELTA"
      threshold = 5
      text      = <<-TEXT
        **What happened.** More than five requests to registration ended in 5xx within five minutes.
        **What it means.** Their callers were told that nothing was kept, and must try again; what was answered 2xx is safe.
        **What to do.** 503: Firestore is away or slow, see its status. 500: a defect, the stack is in the log; roll back to the image before.
      TEXT
    }
  }
}

resource "google_monitoring_alert_policy" "log" {
  for_each              = local.log_alerts
  project               = var.project_id
  display_name          = each.value.title
  combiner              = "OR"
  severity              = "ERROR"
  notification_channels = local.channels

  conditions {
    display_name = each.key
    condition_matched_log {
      filter = each.value.filter
    }
  }
  alert_strategy {
    auto_close = "604800s"
    notification_rate_limit {
      period = "3600s"
    }
  }
  documentation {
    mime_type = "text/markdown"
    content   = "${each.value.text}\nRunbook: ${var.runbook_url}/${each.key}.md"
  }
  depends_on = [google_project_service.this]
}

resource "google_monitoring_alert_policy" "threshold" {
  for_each              = local.threshold_alerts
  project               = var.project_id
  display_name          = each.value.title
  combiner              = "OR"
  severity              = "ERROR"
  notification_channels = local.channels

  conditions {
    display_name = each.key
    condition_threshold {
      filter          = each.value.filter
      comparison      = "COMPARISON_GT"
      threshold_value = each.value.threshold
      duration        = "0s"
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = each.value.aligner
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }
  alert_strategy {
    auto_close = "604800s"
  }
  documentation {
    mime_type = "text/markdown"
    content   = "${each.value.text}\nRunbook: ${var.runbook_url}/${each.key}.md"
  }
  depends_on = [google_project_service.this]
}

# Silence of the one thing that recovers everything else.
resource "google_monitoring_alert_policy" "sweeper_silent" {
  project               = var.project_id
  display_name          = "The sweeper is silent"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = local.channels

  conditions {
    display_name = "sweeper-silent"
    condition_absent {
      filter   = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"${module.sweeper.name}\" AND metric.type=\"run.googleapis.com/request_count\" AND metric.labels.response_code_class=\"2xx\""
      duration = "300s"
      aggregations {
        alignment_period     = "60s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }
  alert_strategy {
    auto_close = "604800s"
  }
  documentation {
    mime_type = "text/markdown"
    content   = <<-TEXT
      **What happened.** No sweep ended well for five minutes; there should be one a minute.
      **What it means.** Parked deliveries do not come back, and events that could not be published wait. What goes through the broker goes on.
      **What to do.** Look whether the job sweep runs and what it gets: 403 is a missing right, 5xx the sweeper itself, nothing a paused job. Apply Terraform again if the plan is not empty.

      Runbook: ${var.runbook_url}/sweeper-silent.md
    TEXT
  }
  depends_on = [google_project_service.this]
}
