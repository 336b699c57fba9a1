# One integration by itself, then added to and taken out of the list.
mock_provider "google" {
  source = "./tests/mocks"
}

run "three" {
  command = apply
  assert {
    condition     = toset(keys(module.integration)) == toset(["senninha", "maas", "dmitri"])
    error_message = "The list decides on the integrations."
  }
}

# tests/terraform/plan.int.test.ts reads this plan: it must touch the new integration and the sweeper alone.
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
