# The list as it is, whatever its rows are: tests/e2e/new-rows.e2e.test.ts adds one of each sort and runs this file.
mock_provider "google" {
  source = "./tests/mocks"
}

run "every_row" {
  command = plan
  variables {
    integration_urls = { for name in keys(var.integrations) : name => "https://${name}.example.com" }
  }
  assert {
    condition     = toset(keys(module.messaging.subscriptions)) == toset(keys(var.integrations))
    error_message = "Each row of the list has its subscription, and there are no others."
  }
}
