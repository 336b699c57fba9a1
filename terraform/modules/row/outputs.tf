output "secrets" {
  description = "What it needs of Secret Manager, each NAME-it: token, username, password, secret; ca, cert and key are files."
  value       = local.secrets

  precondition {
    condition     = length(local.faults) == 0
    error_message = join("\n", local.faults)
  }
}

output "topic" {
  description = "The whole name of the topic of a pubsub destination, else null."
  value       = local.kind == "pubsub" ? try(local.given.topic, null) : null
}
