# Scaling, time limits and surroundings of the services.
mock_provider "google" {
  source = "./tests/mocks"
}

variables {
  name     = "senninha"
  image    = "registry.example.com/senninha@sha256:00"
  settings = { project_id = "mensageria-test", project_number = "123456789012", region = "southamerica-east1", firestore_database = "mensageria" }
}

run "a_service" {
  command = plan
  module {
    source = "./modules/service"
  }
  variables {
    environment       = { LOG_LEVEL = "info" }
    audience_variable = "PUSH_AUDIENCE"
    secrets           = { SENNINHA_TOKEN = { secret = "senninha-token", version = 3 } }
    invokers          = { push = "serviceAccount:senninha-push@mensageria-test.iam.gserviceaccount.com" }
    max_instances     = 2
    concurrency       = 16
    timeout_seconds   = 60
    health            = true
  }
  assert {
    condition = (
      google_cloud_run_v2_service.this.ingress == "INGRESS_TRAFFIC_INTERNAL_ONLY"
      && google_cloud_run_v2_service.this.deletion_protection == false
      && google_cloud_run_v2_service.this.template[0].timeout == "60s"
      && google_cloud_run_v2_service.this.template[0].max_instance_request_concurrency == 16
      && google_cloud_run_v2_service.this.template[0].scaling[0].max_instance_count == 2
      && google_cloud_run_v2_service.this.template[0].containers[0].resources[0].startup_cpu_boost
      && google_cloud_run_v2_service.this.template[0].containers[0].resources[0].cpu_idle
    )
    error_message = "It is reached from inside only, bounded, and starts fast."
  }
  assert {
    condition     = google_cloud_run_v2_service.this.template[0].service_account == "senninha-run@mensageria-test.iam.gserviceaccount.com"
    error_message = "It runs as its own account."
  }
  assert {
    condition = { for env in google_cloud_run_v2_service.this.template[0].containers[0].env : env.name => env.value if length(env.value_source) == 0 } == {
      LOG_LEVEL     = "info"
      PUSH_AUDIENCE = "https://senninha-123456789012.southamerica-east1.run.app"
    }
    error_message = "It is told its own address."
  }
  assert {
    condition     = [for env in google_cloud_run_v2_service.this.template[0].containers[0].env : env.value_source[0].secret_key_ref[0].version if length(env.value_source) == 1] == ["3"]
    error_message = "A secret comes by a pinned version, never latest."
  }
  assert {
    condition = (
      google_cloud_run_v2_service.this.template[0].containers[0].startup_probe[0].http_get[0].path == "/health/ready"
      && google_cloud_run_v2_service.this.template[0].containers[0].liveness_probe[0].http_get[0].path == "/health/live"
    )
    error_message = "Its probes are the health routes of the code."
  }
}

run "a_function_has_no_health_routes" {
  command = plan
  module {
    source = "./modules/service"
  }
  variables {
    environment     = {}
    max_instances   = 1
    concurrency     = 4
    timeout_seconds = 120
  }
  assert {
    condition = (
      length(google_cloud_run_v2_service.this.template[0].containers[0].liveness_probe) == 0
      && length(google_cloud_run_v2_service.this.template[0].containers[0].startup_probe[0].http_get) == 0
      && google_cloud_run_v2_service.this.template[0].containers[0].startup_probe[0].tcp_socket[0].port == 8080
    )
    error_message = "A GET on a function is answered 405 and would restart it for ever."
  }
}

run "nobody_unknown_may_call" {
  command = plan
  module {
    source = "./modules/service"
  }
  variables {
    environment     = {}
    invokers        = { everybody = "allUsers" }
    max_instances   = 1
    concurrency     = 4
    timeout_seconds = 120
  }
  expect_failures = [var.invokers]
}

run "an_account_name_that_is_too_long" {
  command = plan
  module {
    source = "./modules/service"
  }
  variables {
    name            = "abcdefghijklmnopqrstuvwxyz0"
    environment     = {}
    max_instances   = 1
    concurrency     = 4
    timeout_seconds = 120
  }
  expect_failures = [google_service_account.run]
}
