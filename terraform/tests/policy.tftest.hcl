# What the plan refuses, before the platform would or the night shows it.
mock_provider "google" {
  source = "./tests/mocks"
}

run "time_budget_as_in_the_code" {
  command = plan
  assert {
    condition     = output.time_budget == { call_seconds = 30, handler_seconds = 45, ack_deadline_seconds = 60, lease_seconds = 75 }
    error_message = "The default budget is that of packages/core/src/model/budget.ts."
  }
}

run "call_longer_than_handler" {
  command = plan
  variables {
    time_budget = { call_seconds = 45 }
  }
  expect_failures = [var.time_budget]
}

run "handler_longer_than_ack_deadline" {
  command = plan
  variables {
    time_budget = { handler_seconds = 60 }
  }
  expect_failures = [var.time_budget]
}

run "ack_deadline_longer_than_lease" {
  command = plan
  variables {
    time_budget = { ack_deadline_seconds = 75 }
  }
  expect_failures = [var.time_budget]
}

run "ack_deadline_beyond_pubsub" {
  command = plan
  variables {
    time_budget = { ack_deadline_seconds = 601, lease_seconds = 700 }
  }
  expect_failures = [var.time_budget]
}

run "four_attempts" {
  command = plan
  variables {
    integrations = { senninha = { max_delivery_attempts = 4 } }
  }
  expect_failures = [var.integrations]
}

run "a_hundred_and_one_attempts" {
  command = plan
  variables {
    integrations = { senninha = { max_delivery_attempts = 101 } }
  }
  expect_failures = [var.integrations]
}

run "half_an_attempt" {
  command = plan
  variables {
    integrations = { senninha = { max_delivery_attempts = 5.5 } }
  }
  expect_failures = [var.integrations]
}

run "backoff_of_601_seconds" {
  command = plan
  variables {
    integrations = { senninha = { max_backoff_seconds = 601 } }
  }
  expect_failures = [var.integrations]
}

run "smallest_backoff_above_the_largest" {
  command = plan
  variables {
    integrations = { senninha = { min_backoff_seconds = 20, max_backoff_seconds = 10 } }
  }
  expect_failures = [var.integrations]
}

run "no_concurrency" {
  command = plan
  variables {
    integrations = { senninha = { max_concurrency = 0 } }
  }
  expect_failures = [var.integrations]
}

run "latest_is_no_version" {
  command = plan
  variables {
    integrations = { senninha = { token_version = 0 } }
  }
  expect_failures = [var.integrations]
}

run "a_name_too_long_for_its_accounts" {
  command = plan
  variables {
    integrations = { abcdefghijklmnopqrstuvwxyz = { url = "https://example.com" } }
  }
  # With -push it would have 31 characters.
  expect_failures = [var.integrations]
}

run "a_name_of_a_service_of_ours" {
  command = plan
  variables {
    integrations = { sweeper = {} }
  }
  expect_failures = [var.integrations]
}

run "a_name_of_an_image_of_ours" {
  command = plan
  variables {
    integrations = { integration = {} }
  }
  expect_failures = [var.integrations]
}

run "an_image_by_tag" {
  command = plan
  variables {
    integrations = {}
    images = {
      registration = "registry.example.com/registration:latest"
      dead-letter  = "registry.example.com/dead-letter:latest"
      sweeper      = "registry.example.com/sweeper:latest"
    }
  }
  expect_failures = [var.images]
}

run "integrations_without_their_image" {
  command = plan
  variables {
    images = {
      registration = "registry.example.com/registration@sha256:0000000000000000000000000000000000000000000000000000000000000000"
      dead-letter  = "registry.example.com/dead-letter@sha256:0000000000000000000000000000000000000000000000000000000000000000"
      sweeper      = "registry.example.com/sweeper@sha256:0000000000000000000000000000000000000000000000000000000000000000"
      maas         = "registry.example.com/integration@sha256:1111111111111111111111111111111111111111111111111111111111111111"
    }
  }
  expect_failures = [var.images]
}

run "an_integration_that_is_held_back" {
  command = plan
  variables {
    images = {
      registration = "registry.example.com/registration@sha256:0000000000000000000000000000000000000000000000000000000000000000"
      dead-letter  = "registry.example.com/dead-letter@sha256:0000000000000000000000000000000000000000000000000000000000000000"
      sweeper      = "registry.example.com/sweeper@sha256:0000000000000000000000000000000000000000000000000000000000000000"
      integration  = "registry.example.com/integration@sha256:2222222222222222222222222222222222222222222222222222222222222222"
      maas         = "registry.example.com/integration@sha256:1111111111111111111111111111111111111111111111111111111111111111"
    }
  }
  assert {
    condition     = toset([for row in module.integration : substr(row.image, -1, 1)]) == toset(["1", "2"]) && endswith(module.integration["maas"].image, "1")
    error_message = "An image under its own name goes before the common one."
  }
}

run "everybody_on_the_console" {
  command = plan
  variables {
    console_users = ["allAuthenticatedUsers"]
  }
  expect_failures = [var.console_users]
}

run "everybody_on_registration" {
  command = plan
  variables {
    registration_invokers = ["allUsers"]
  }
  expect_failures = [var.registration_invokers]
}

run "a_name_that_is_too_short_for_a_subscription" {
  command = plan
  variables {
    integrations = { bi = {} }
  }
  expect_failures = [var.integrations]
}

run "a_name_that_the_platform_keeps_for_itself" {
  command = plan
  variables {
    integrations = { google-chat = {} }
  }
  expect_failures = [var.integrations]
}

run "logs_that_alerts_cannot_read" {
  command = plan
  variables {
    log_level = "error"
  }
  expect_failures = [var.log_level]
}

run "nobody_has_a_role" {
  command = plan
  variables {
    api_roles = {}
  }
  expect_failures = [var.api_roles]
}

run "a_group_is_unknown_to_a_token" {
  command = plan
  variables {
    api_roles = { operate = ["group:operations@example.com"] }
  }
  expect_failures = [var.api_roles]
}
