locals {
  misconfigured = var.kind == null ? {
    happened = "${local.label} answered 401, 403, a redirect or an unknown address, or its certificate or name is wrong."
    wrong    = "the token, the address or the certificate"
    check    = "Check ${local.prefix}_URL and the token's version; add a new version of the secret, raise token_version in the row, apply."
    } : {
    happened = "${local.label} (${var.kind}) does not know where we send, or does not let us: no such topic, exchange or queue, no right to it, or wrong credentials."
    wrong    = "the target of its row, a right there, or a secret"
    check    = "Compare the target with what is there, and ask its owner for the right; a new password is a new version of the secret and its number in secret_versions, then apply."
  }

  line = "resource.type=\"cloud_run_revision\" AND jsonPayload.integration=\"${var.name}\""

  # What the platform itself writes of the service: in a line of ours it could not be, for none of our code runs.
  platform = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"${var.name}\""

  # One line of the log is enough to call a person: these do not pass by themselves, or a person wants to know.
  log_alerts = {
    down = {
      title  = "${local.label} is down"
      filter = "${local.line} AND jsonPayload.message=\"integration.down\""
      text   = <<-TEXT
        **What happened.** The newest calls of ${local.label} fail for causes that pass: it does not answer, or answers 5xx.
        **What it means.** Its deliveries wait. Nothing is lost, and the other integrations go on.
        **What to do.** Tell the owner of ${local.label}. When it is back, the backlog comes by itself, gently; nobody needs to repeat anything.
      TEXT
    }
    misconfigured = {
      title  = "${local.label} refuses us, not our data"
      filter = "${local.line} AND jsonPayload.message=\"delivery.attempted\" AND jsonPayload.outcome=\"misconfigured\""
      text   = <<-TEXT
        **What happened.** ${local.misconfigured.happened} This time: $${log.extracted_label.cause}.
        **What it means.** It will not pass by itself: ${local.misconfigured.wrong} is wrong. Deliveries wait, nothing is lost.
        **What to do.** ${local.misconfigured.check} Recovery follows by itself.
      TEXT
    }
    unreached = {
      title  = "The service of ${local.label} takes no pushes"
      filter = "${local.platform} AND ((log_id(\"run.googleapis.com/varlog/system\") AND severity>=ERROR) OR (log_id(\"run.googleapis.com/requests\") AND (httpRequest.status=403 OR httpRequest.status=404)))"
      text   = <<-TEXT
        **What happened.** Cloud Run says that our own service for ${local.label} does not start, runs out of memory, or may not be called.
        **What it means.** Pushes do not reach our code: no attempt is made, so no failure of ${local.label} shows. Deliveries wait, nothing is lost.
        **What to do.** Read the line. It does not start: roll back to the image before. 403 or 404: apply Terraform again if the plan is not empty.
      TEXT
    }
    rejected = {
      title  = "${local.label} rejected a center"
      filter = "${local.line} AND jsonPayload.message=\"delivery.attempted\" AND jsonPayload.outcome=\"rejected\""
      text   = <<-TEXT
        **What happened.** ${local.label} refused the data of a center, with proof: $${log.extracted_label.cause}. centerId is in the log line.
        **What it means.** This one center is not registered there, and it is not tried again by itself.
        **What to do.** Read the reason in the console. Correct the center (its new version goes out at once), or redrive it when ${local.label} was wrong.
      TEXT
    }
  }

  threshold_alerts = {
    late = {
      title     = "${local.label} is more than an hour late"
      metric    = "oldest_unacked_message_age"
      aligner   = "ALIGN_MAX"
      threshold = 3600
      text      = <<-TEXT
        **What happened.** The oldest event that ${local.label} has not taken is older than an hour.
        **What it means.** It is slower than what comes, or fails. Nothing is lost: the broker tries for up to 16 h, the sweeper afterwards.
        **What to do.** Look at its attempts on the dashboard. Failing: see the log lines of delivery.attempted. Only slow: raise max_concurrency in its row if the system can take it.
      TEXT
    }
    parked = {
      title     = "Deliveries to ${local.label} are parked"
      metric    = "dead_letter_message_count"
      aligner   = "ALIGN_DELTA"
      threshold = 0
      text      = <<-TEXT
        **What happened.** Pub/Sub gave up on a message for ${local.label} after all its attempts and moved it to the dead letters.
        **What it means.** The delivery is parked, or was rejected before. A parked one is the sweeper's, which brings it back when ${local.label} answers again.
        **What to do.** Open the console at ${local.label}: the cause of each is there. Without a person it recovers as soon as the system does.
      TEXT
    }
  }
}

resource "google_monitoring_alert_policy" "log" {
  for_each              = local.log_alerts
  project               = var.service.project_id
  display_name          = each.value.title
  combiner              = "OR"
  severity              = each.key == "rejected" ? "WARNING" : "ERROR"
  notification_channels = var.notification_channels

  conditions {
    display_name = each.key
    condition_matched_log {
      filter           = each.value.filter
      label_extractors = { cause = "EXTRACT(jsonPayload.cause)" }
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
    content   = "${each.value.text}\nRow, service and subscription: ${var.name}. Runbook: ${var.runbook_url}/${each.key}.md"
  }
}

resource "google_monitoring_alert_policy" "threshold" {
  for_each              = local.threshold_alerts
  project               = var.service.project_id
  display_name          = each.value.title
  combiner              = "OR"
  severity              = "WARNING"
  notification_channels = var.notification_channels

  conditions {
    display_name = each.key
    condition_threshold {
      filter          = "resource.type=\"pubsub_subscription\" AND resource.labels.subscription_id=\"${var.name}\" AND metric.type=\"pubsub.googleapis.com/subscription/${each.value.metric}\""
      comparison      = "COMPARISON_GT"
      threshold_value = each.value.threshold
      duration        = "0s"
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = each.value.aligner
        cross_series_reducer = "REDUCE_MAX"
      }
    }
  }
  alert_strategy {
    auto_close = "604800s"
  }
  documentation {
    mime_type = "text/markdown"
    content   = "${each.value.text}\nRow, service and subscription: ${var.name}. Runbook: ${var.runbook_url}/${each.key}.md"
  }
}
