output "account_id" {
  description = "Unique id of the account that it runs as: unknown while the account is made, also when it is made again."
  value       = module.service.account_id
}

output "email" {
  description = "E-mail of the account that it runs as."
  value       = module.service.email
}

output "image" {
  description = "What it runs."
  value       = var.image
}

output "push" {
  description = "Where and as whom its subscription pushes."
  value = {
    endpoint        = "${module.service.url}/push"
    audience        = module.service.url
    service_account = local.push_email
  }
}

output "url" {
  description = "Its address, as the sweeper is told."
  value       = module.service.url
}
