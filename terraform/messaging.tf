module "messaging" {
  source               = "./modules/messaging"
  project_id           = var.project_id
  regions              = [var.region]
  ack_deadline_seconds = var.time_budget.ack_deadline_seconds

  dead_letter_push = {
    endpoint        = "${module.dead_letter.url}/"
    audience        = module.dead_letter.url
    service_account = local.dead_letter_push_email
  }
  subscriptions = {
    for name, integration in module.integration : name => {
      push                  = integration.push
      min_backoff_seconds   = var.integrations[name].min_backoff_seconds
      max_backoff_seconds   = var.integrations[name].max_backoff_seconds
      max_delivery_attempts = var.integrations[name].max_delivery_attempts
    }
  }
  depends_on = [google_project_service.this]
}

# A topic or a subscription that is made again has no grants, and its name does not tell the plan. Its id is unknown while it is
# made: what is granted on it is granted again in the same apply. Here, because a lifecycle sees only resources beside it.
resource "terraform_data" "topic" {
  for_each         = module.messaging.topic_ids
  triggers_replace = each.value
}

resource "terraform_data" "subscription" {
  for_each         = module.messaging.subscription_ids
  triggers_replace = each.value
}

resource "terraform_data" "publisher" {
  for_each = merge(
    {
      registration = module.registration.account_id
      sweeper      = module.sweeper.account_id
    },
    { for name, console in module.console : name => console.account_id },
  )
  triggers_replace = each.value
}

# Who accepts publishes, the console among them; who sweeps publishes what was accepted while Pub/Sub was away.
resource "google_pubsub_topic_iam_member" "publisher" {
  for_each = merge(
    {
      registration = module.registration.member
      sweeper      = module.sweeper.member
    },
    { for name, console in module.console : name => console.member },
  )
  project = var.project_id
  topic   = module.messaging.topic
  role    = "roles/pubsub.publisher"
  member  = each.value

  lifecycle {
    replace_triggered_by = [terraform_data.topic["events"], terraform_data.publisher[each.key]]
  }
}

# To dead-letter a message Pub/Sub itself publishes it there and takes it off its subscription. Without either right it goes
# on delivering for ever, and says nothing. Here and not in modules/integration, whose push account the subscription needs.
resource "google_pubsub_topic_iam_member" "dead_letter_agent" {
  project = var.project_id
  topic   = module.messaging.dead_letter_topic
  role    = "roles/pubsub.publisher"
  member  = local.pubsub_agent

  lifecycle {
    replace_triggered_by = [terraform_data.topic["dead_letter"]]
  }
}

resource "google_pubsub_subscription_iam_member" "dead_letter_agent" {
  for_each     = module.messaging.subscriptions
  project      = var.project_id
  subscription = each.value
  role         = "roles/pubsub.subscriber"
  member       = local.pubsub_agent

  lifecycle {
    replace_triggered_by = [terraform_data.subscription[each.key]]
  }
}
