locals {
  # The address that Cloud Run derives from name, project and region: known before the service is, so that a service can be
  # told its own. The random one of older services is answered too.
  url = "https://${var.name}-${var.settings.project_number}.${var.settings.region}.run.app"
  environment = merge(
    var.environment,
    var.audience_variable == null ? {} : { (var.audience_variable) = local.url },
    { for variable, file in var.files : variable => "/secrets/${file.secret}/${file.secret}.pem" },
  )
}

resource "google_cloud_run_v2_service" "this" {
  project     = var.settings.project_id
  location    = var.settings.region
  name        = var.name
  ingress     = var.ingress
  iap_enabled = var.iap

  # The default, true, would keep an integration from being taken out by its row. A service holds nothing.
  deletion_protection = false

  # Written out, or it shows as a change after every apply.
  scaling {
    min_instance_count = var.min_instances
  }

  template {
    service_account                  = local.email
    timeout                          = "${var.timeout_seconds}s"
    max_instance_request_concurrency = var.concurrency

    scaling {
      min_instance_count = 0
      max_instance_count = var.max_instances
    }

    dynamic "vpc_access" {
      for_each = var.vpc == null ? [] : [var.vpc]
      content {
        egress = "ALL_TRAFFIC"
        network_interfaces {
          network    = vpc_access.value.network
          subnetwork = vpc_access.value.subnetwork
        }
      }
    }

    dynamic "volumes" {
      for_each = var.files
      content {
        name = volumes.value.secret
        secret {
          secret = volumes.value.secret
          items {
            path    = "${volumes.value.secret}.pem"
            version = tostring(volumes.value.version)
          }
        }
      }
    }

    containers {
      image = var.image

      dynamic "volume_mounts" {
        for_each = var.files
        content {
          name       = volume_mounts.value.secret
          mount_path = "/secrets/${volume_mounts.value.secret}"
        }
      }

      ports {
        container_port = 8080
      }

      resources {
        limits = { cpu = "1", memory = var.memory }
        # CPU while a request is worked on: nothing here runs after its answer.
        cpu_idle          = true
        startup_cpu_boost = true
      }

      dynamic "env" {
        for_each = local.environment
        content {
          name  = env.key
          value = env.value
        }
      }
      dynamic "env" {
        for_each = var.secrets
        content {
          name = env.key
          value_source {
            secret_key_ref {
              secret  = env.value.secret
              version = tostring(env.value.version)
            }
          }
        }
      }

      # 30 s to start: about one is needed. A function has no health routes, and an open port must do.
      startup_probe {
        period_seconds    = 1
        timeout_seconds   = 1
        failure_threshold = 30
        dynamic "http_get" {
          for_each = var.health ? [1] : []
          content {
            path = "/health/ready"
            port = 8080
          }
        }
        dynamic "tcp_socket" {
          for_each = var.health ? [] : [1]
          content {
            port = 8080
          }
        }
      }

      # Asks nothing of the store or the partner: their outage must not restart us.
      dynamic "liveness_probe" {
        for_each = var.health ? [1] : []
        content {
          period_seconds    = 10
          timeout_seconds   = 2
          failure_threshold = 3
          http_get {
            path = "/health/live"
            port = 8080
          }
        }
      }
    }
  }

  traffic {
    type    = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST"
    percent = 100
  }

  # A revision that may not read its secrets or its store does not start.
  depends_on = [google_project_iam_member.firestore, google_secret_manager_secret_iam_member.accessor]

  lifecycle {
    precondition {
      condition     = var.concurrency * var.max_instances >= 1 && var.concurrency <= 1000
      error_message = "${var.name}: Cloud Run takes 1 to 1000 requests at once in an instance."
    }
  }
}
