# What messages travel through: topics, subscriptions, their policies.
mock_provider "google" {
  source = "./tests/mocks"
}

run "one_push_subscription_per_integration" {
  command = plan
  module {
    source = "./modules/messaging"
  }
  variables {
    dead_letter_push = { endpoint = "https://dead-letter.example.com/", audience = "https://dead-letter.example.com", service_account = "dead-letter-push@example.com" }
    regions          = ["southamerica-east1"]
    subscriptions = {
      senninha = { push = { endpoint = "https://senninha.example.com/push", audience = "https://senninha.example.com", service_account = "senninha-push@example.com" } }
      dmitri   = { push = { endpoint = "https://dmitri.example.com/push" }, min_backoff_seconds = 1, max_backoff_seconds = 60, max_delivery_attempts = 5 }
    }
  }
  assert {
    condition     = toset(keys(google_pubsub_subscription.integration)) == toset(["senninha", "dmitri"])
    error_message = "Each integration has one subscription, named after it, and there are no others."
  }
  assert {
    condition = alltrue([for s in values(google_pubsub_subscription.integration) :
      s.push_config[0].push_endpoint == "https://${s.name}.example.com/push"
    ])
    error_message = "A subscription pushes to its own integration."
  }
  assert {
    condition     = google_pubsub_subscription.integration["senninha"].push_config[0].oidc_token[0].audience == "https://senninha.example.com"
    error_message = "The token is for the service, not for the path."
  }
  assert {
    condition     = length(google_pubsub_subscription.integration["dmitri"].push_config[0].oidc_token) == 0
    error_message = "Without an account no token is asked for (emulator)."
  }
  assert {
    condition = (
      google_pubsub_subscription.integration["dmitri"].retry_policy[0].minimum_backoff == "1s"
      && google_pubsub_subscription.integration["dmitri"].retry_policy[0].maximum_backoff == "60s"
      && google_pubsub_subscription.integration["dmitri"].dead_letter_policy[0].max_delivery_attempts == 5
    )
    error_message = "A row's retry policy is its subscription's."
  }
  assert {
    condition = alltrue([for s in concat(values(google_pubsub_subscription.integration), [google_pubsub_subscription.dead_letter]) :
      s.expiration_policy[0].ttl == "" && s.filter == null && s.enable_message_ordering == false && s.ack_deadline_seconds == 60
    ])
    error_message = "No subscription expires, filters or orders; each waits 60 s."
  }
  assert {
    condition     = google_pubsub_subscription.dead_letter.name == google_pubsub_topic.dead_letter.name
    error_message = "The dead-letter topic has its own subscription, or it loses what comes."
  }
  assert {
    condition     = length(google_pubsub_subscription.dead_letter.dead_letter_policy) == 0
    error_message = "Dead letters have no dead letters."
  }
  assert {
    condition = alltrue([for t in [google_pubsub_topic.events, google_pubsub_topic.dead_letter] :
      t.message_storage_policy[0].allowed_persistence_regions == toset(["southamerica-east1"])
    ])
    error_message = "Messages hold names and addresses: they stay in the region."
  }
}

run "kept_for_as_long_as_there_is" {
  command = plan
  module {
    source = "./modules/messaging"
  }
  variables {
    dead_letter_push = { endpoint = "https://dead-letter.example.com/" }
    subscriptions    = { senninha = { push = { endpoint = "https://senninha.example.com/push" } } }
  }
  assert {
    condition = (
      google_pubsub_subscription.dead_letter.message_retention_duration == "2678400s"
      && google_pubsub_subscription.integration["senninha"].message_retention_duration == "604800s"
    )
    error_message = "A dead letter is kept for 31 days, any other message for 7."
  }
}

run "kept_for_as_long_as_the_emulator_takes" {
  command = plan
  module {
    source = "./modules/messaging"
  }
  variables {
    dead_letter_push           = { endpoint = "http://127.0.0.1:9090/" }
    dead_letter_retention_days = 7
    subscriptions              = {}
  }
  assert {
    condition     = google_pubsub_subscription.dead_letter.message_retention_duration == "604800s"
    error_message = "The emulator takes 7 days at most."
  }
}

run "kept_for_longer_than_the_platform_takes" {
  command = plan
  module {
    source = "./modules/messaging"
  }
  variables {
    dead_letter_push           = { endpoint = "https://dead-letter.example.com/" }
    dead_letter_retention_days = 32
    retention_days             = 0.5
    subscriptions              = {}
  }
  expect_failures = [var.dead_letter_retention_days, var.retention_days]
}

run "retention_is_longer_than_the_longest_horizon" {
  command = plan
  variables {
    integrations = { senninha = { min_backoff_seconds = 600 } }
  }
  assert {
    condition     = output.retry_horizon_hours["senninha"] == 16.5 && output.retry_horizon_hours["senninha"] < 7 * 24
    error_message = "A message must not die before it is dead-lettered."
  }
}

run "whole" {
  command = plan
  assert {
    condition     = module.messaging.topic == "distribution-center-events" && module.messaging.dead_letter_topic == "distribution-center-events-dead-letter"
    error_message = "The topics must be those of the code."
  }
  assert {
    condition     = toset(keys(module.messaging.subscriptions)) == toset(keys(var.integrations))
    error_message = "The list decides on the subscriptions."
  }
  assert {
    condition     = module.integration["senninha"].push.endpoint == "https://senninha-123456789012.southamerica-east1.run.app/push"
    error_message = "The subscription pushes to the path that the code serves."
  }
  assert {
    condition = (
      google_cloud_scheduler_job.sweep.schedule == "* * * * *"
      && google_cloud_scheduler_job.sweep.time_zone == "America/Sao_Paulo"
      && google_cloud_scheduler_job.sweep.retry_config[0].retry_count == 0
      && google_cloud_scheduler_job.sweep.http_target[0].oidc_token[0].audience == module.sweeper.url
    )
    error_message = "The sweeper is called every minute, with a token that is for it."
  }
}

# tests/terraform/terraform.int.test.ts compares these with what the code computes.
run "odd_policies" {
  command = plan
  variables {
    integrations = {
      senninha = { min_backoff_seconds = 0, max_backoff_seconds = 0 }
      maas     = { min_backoff_seconds = 1, max_backoff_seconds = 60, max_delivery_attempts = 5 }
      dmitri   = { min_backoff_seconds = 0.5, max_backoff_seconds = 600, max_delivery_attempts = 37 }
    }
  }
}
