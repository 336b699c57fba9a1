# What one row means, and what is wrong with it. Nothing is made here; rules and words are those of packages/contracts.
locals {
  _auth = ["auth", "auth_header", "auth_token_url", "auth_client_id", "auth_client", "auth_scope", "auth_audience"]

  # The fields of a target by its kind; true where it must be there.
  fields = {
    webhook  = merge({ url = true, rejected_by = false }, { for field in local._auth : field => false })
    rabbitmq = { url = true, exchange = true, routing_key = false }
    kafka    = { brokers = true, topic = true, sasl = false, tls = false }
    sns      = { topic_arn = true, endpoint = false }
    sqs      = { queue_url = true, region = false, endpoint = false }
    pubsub   = { topic = true, ordering = false }
  }

  kind  = var.kind == null ? "" : var.kind
  takes = lookup(local.fields, local.kind, {})
  given = { for field, value in try({ for k, v in var.target : k => v }, {}) : field => value if value != null }

  # What the environment must hold for each way to authenticate, and which settings it takes.
  credentials = {
    none                      = []
    bearer                    = ["token"]
    api-key                   = ["token"]
    basic                     = ["username", "password"]
    oauth2-client-credentials = ["secret"]
    google-id-token           = []
    hmac                      = ["secret"]
    mtls                      = ["cert", "key"]
  }
  settings = {
    api-key                   = ["auth_header"]
    oauth2-client-credentials = ["auth_token_url", "auth_client_id", "auth_client", "auth_scope", "auth_audience"]
    google-id-token           = ["auth_audience"]
  }
  authentication = local.kind == "webhook" ? { for field, value in local.given : field => value if contains(local._auth, field) } : var.authentication
  auth           = lookup(local.authentication, "auth", "bearer")
  secrets = toset(concat(tolist(var.files), (
    local.kind == "" || local.kind == "webhook" ? lookup(local.credentials, local.auth, []) :
    local.kind == "rabbitmq" || can(local.given.sasl) ? ["username", "password"] :
    []
  )))
}
