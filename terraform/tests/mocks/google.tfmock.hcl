mock_data "google_project" {
  defaults = { number = "123456789012" }
}

# The provider checks the form of these wherever a mocked resource is named by another: a random word is refused.
mock_resource "google_service_account" {
  defaults = {
    id     = "projects/mensageria-test/serviceAccounts/mocked@mensageria-test.iam.gserviceaccount.com"
    name   = "projects/mensageria-test/serviceAccounts/mocked@mensageria-test.iam.gserviceaccount.com"
    email  = "mocked@mensageria-test.iam.gserviceaccount.com"
    member = "serviceAccount:mocked@mensageria-test.iam.gserviceaccount.com"
  }
}

mock_resource "google_pubsub_topic" {
  defaults = { id = "projects/mensageria-test/topics/mocked" }
}

mock_resource "google_pubsub_subscription" {
  defaults = { id = "projects/mensageria-test/subscriptions/mocked" }
}

mock_resource "google_compute_network" {
  defaults = { id = "projects/mensageria-test/global/networks/mocked" }
}

mock_resource "google_compute_subnetwork" {
  defaults = { id = "projects/mensageria-test/regions/southamerica-east1/subnetworks/mocked" }
}

mock_resource "google_compute_address" {
  defaults = {
    address   = "203.0.113.7"
    self_link = "projects/mensageria-test/regions/southamerica-east1/addresses/mocked"
  }
}

mock_resource "google_secret_manager_secret" {
  defaults = { id = "projects/mensageria-test/secrets/mocked" }
}

mock_resource "google_cloud_run_v2_service" {
  defaults = { id = "projects/mensageria-test/locations/southamerica-east1/services/mocked" }
}

mock_resource "google_monitoring_notification_channel" {
  defaults = { id = "projects/mensageria-test/notificationChannels/1" }
}
