# One integration by itself, then added to and taken out of the list.
mock_provider "google" {
  source = "./tests/mocks"
}

run "three" {
  command = apply
  assert {
    condition     = toset(keys(module.integration)) == toset(keys(var.integrations))
    error_message = "The list decides on the integrations."
  }
}

# tests/terraform/terraform.int.test.ts reads this plan: it must touch the new integration and the sweeper alone.
run "add_one_row" {
  command = plan
  variables {
    integrations = {
      senninha = {}
      maas     = {}
      dmitri   = {}
      billing  = { url = "https://billing.example.com" }
    }
  }
  assert {
    condition     = contains(keys(module.messaging.subscriptions), "billing")
    error_message = "A row is enough."
  }
}

# And this one the one that goes.
run "remove_one_row" {
  command = plan
  variables {
    integrations = {
      senninha = {}
      maas     = {}
    }
  }
  assert {
    condition     = !contains(keys(module.messaging.subscriptions), "dmitri")
    error_message = "Without its row an integration goes."
  }
}

# And this one nothing at all.
run "apply_again" {
  command = plan
}

# What is made again is granted again in the same plan; the same file reads which grants.
run "replace_a_subscription" {
  command = plan
  plan_options {
    replace = [module.messaging.google_pubsub_subscription.integration["dmitri"]]
  }
}

run "replace_the_topics" {
  command = plan
  plan_options {
    replace = [module.messaging.google_pubsub_topic.events, module.messaging.google_pubsub_topic.dead_letter]
  }
}

run "replace_a_secret" {
  command = plan
  plan_options {
    replace = [google_secret_manager_secret.token["dmitri"]]
  }
}

run "replace_services" {
  command = plan
  plan_options {
    replace = [
      module.integration["dmitri"].module.service.google_cloud_run_v2_service.this,
      module.console["console"].google_cloud_run_v2_service.this,
    ]
  }
}

# One or two addresses in a run: of three, Terraform 1.11 forgets some of what they trigger.
run "replace_accounts_of_an_integration" {
  command = plan
  plan_options {
    replace = [
      module.integration["dmitri"].google_service_account.push,
      module.integration["dmitri"].module.service.google_service_account.run,
    ]
  }
}

run "replace_the_account_of_the_sweeper" {
  command = plan
  plan_options {
    replace = [module.sweeper.google_service_account.run]
  }
}
