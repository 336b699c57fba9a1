# terraform apply -var-file=environments/example.tfvars -var-file=images.tfvars.json
project_id = "example-project"

integration_urls = {
  senninha = "https://senninha.example.com"
  maas     = "https://maas.example.com"
  dmitri   = "https://dmitri.example.com"
}

# What of the targets differs here; the rest is in the list.
# integration_targets = { erp = { url = "amqps://rabbit.staging.example" } }
# integration_files   = { erp = ["ca"] }
# secret_versions     = { erp-password = 2 }
# fixed_egress        = ["erp"]

api_roles = {
  read     = ["@example.com"]
  register = ["registration-tool@example-project.iam.gserviceaccount.com"]
  operate  = ["ana@example.com"]
}
registration_invokers = ["serviceAccount:registration-tool@example-project.iam.gserviceaccount.com"]
console_users         = ["group:operations@example.com"]
alert_emails          = ["operations@example.com"]
