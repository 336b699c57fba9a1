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

output "url" {
  description = "Its address, which is also the audience of its callers' tokens."
  value       = local.url
}
