# Rows with a kind: what is made for them, and what is refused.
mock_provider "google" {
  source = "./tests/mocks"
}

# tests/terraform/destinations.int.test.ts reads this plan too.
run "one_of_each_kind" {
  command = apply
  variables {
    integrations = {
      dmitri  = { auth = "mtls" }
      portal  = { kind = "webhook", target = { url = "https://portal.example/hooks", auth = "hmac" } }
      erp     = { kind = "rabbitmq", display_name = "ERP", target = { url = "amqps://rabbit.example", exchange = "centers" } }
      lake    = { kind = "kafka", target = { brokers = ["k1.example:9092"], topic = "centers", sasl = "scram-sha-512", tls = true } }
      stream  = { kind = "kafka", target = { brokers = ["k1.example:9092"], topic = "centers" } }
      partner = { kind = "sns", target = { topic_arn = "arn:aws:sns:sa-east-1:123456789012:centers.fifo" } }
      wms     = { kind = "sqs", target = { queue_url = "https://sqs.sa-east-1.amazonaws.com/123456789012/centers" } }
      reports = { kind = "pubsub", target = { topic = "projects/other-project/topics/centers", ordering = true } }
      audit   = { kind = "pubsub", target = { topic = "projects/mensageria-test/topics/audit" } }
    }
    integration_files       = { erp = ["ca"] }
    integration_environment = { portal = { PORTAL_AUTH = "hmac" } }
    integration_targets     = { erp = { url = "amqps://rabbit.staging.example" } }
    secret_versions         = { erp-password = 3 }
    fixed_egress            = ["erp"]
  }
  assert {
    condition = output.secrets == tolist([
      "dmitri-cert", "dmitri-key", "erp-ca", "erp-password", "erp-username", "lake-password", "lake-username", "portal-secret",
    ])
    error_message = "A row has the secrets that its kind and way to authenticate need, and no others."
  }
  assert {
    condition     = output.foreign_topic_grants == { reports = "gcloud pubsub topics add-iam-policy-binding centers --project=other-project --member=serviceAccount:reports-run@mensageria-test.iam.gserviceaccount.com --role=roles/pubsub.publisher" }
    error_message = "The owner of a topic elsewhere is told what to grant."
  }
  assert {
    condition     = keys(google_pubsub_topic_iam_member.destination) == ["audit"] && google_pubsub_topic_iam_member.destination["audit"].topic == "audit"
    error_message = "A topic of this project is granted here."
  }
  assert {
    condition     = output.egress_address == "203.0.113.7" && length(google_compute_router_nat.egress) == 1
    error_message = "Who needs it calls from one address."
  }
  assert {
    condition     = length(keys(module.messaging.subscriptions)) == 9 && toset(keys(output.retry_horizon_hours)) == toset(keys(var.integrations))
    error_message = "A destination has a subscription like any integration."
  }
}

run "a_row_that_is_wrong" {
  command = plan
  module {
    source = "./modules/row"
  }
  variables {
    name   = "erp"
    kind   = "rabbitmq"
    target = { url = "amqp://rabbit.example", exchange = "centers" }
  }
  expect_failures = [output.secrets]
}

run "a_kind_without_its_image" {
  command = plan
  variables {
    integrations = { reports = { kind = "pubsub", target = { topic = "projects/other-project/topics/centers" } } }
    images = {
      registration = "registry.example.com/a@sha256:0000000000000000000000000000000000000000000000000000000000000000"
      dead-letter  = "registry.example.com/a@sha256:0000000000000000000000000000000000000000000000000000000000000000"
      sweeper      = "registry.example.com/a@sha256:0000000000000000000000000000000000000000000000000000000000000000"
      integration  = "registry.example.com/a@sha256:0000000000000000000000000000000000000000000000000000000000000000"
    }
  }
  expect_failures = [var.images]
}

run "a_target_for_nobody" {
  command = plan
  variables {
    integration_targets = { maas = { url = "amqps://rabbit.staging.example" } }
    secret_versions     = { erp-password = 1.5 }
    fixed_egress        = ["nobody"]
  }
  expect_failures = [var.integration_targets, var.secret_versions, var.fixed_egress]
}
