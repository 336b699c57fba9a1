output "account_id" {
  description = "Unique id of the account that it runs as: unknown while the account is made, also when it is made again."
  value       = google_service_account.run.unique_id
}

output "email" {
  description = "E-mail of the account that it runs as."
  value       = local.email
}

output "member" {
  description = "The same account as an IAM member."
  value       = local.member
}

output "name" {
  description = "Name of the service."
  value       = google_cloud_run_v2_service.this.name
}

output "uid" {
  description = "Unique id of the service: unknown while it is made, also when it is made again."
  value       = google_cloud_run_v2_service.this.uid
}

output "url" {
  description = "Its address, which is also the audience of its callers' tokens."
  value       = local.url
}
