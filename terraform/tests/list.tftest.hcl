# The list as it is, whatever its rows are: tests/e2e/new-rows.e2e.test.ts adds one of each sort and runs this file.
mock_provider "google" {
  source = "./tests/mocks"
}

# Before that of environment.auto.tfvars, which the other tests have.
variables {
  integrations = jsondecode(file("integrations.auto.tfvars.json")).integrations
}

run "every_row" {
  command = plan
  variables {
    integration_urls = { for name, row in var.integrations : name => "https://${name}.example.com" if !can(row.kind) }
  }
  assert {
    condition     = toset(keys(module.messaging.subscriptions)) == toset(keys(var.integrations))
    error_message = "Each row of the list has its subscription, and there are no others."
  }
}
