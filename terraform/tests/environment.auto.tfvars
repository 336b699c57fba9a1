# Loaded by `terraform test` alone: an environment as every test sees it. Its list goes before integrations.auto.tfvars.json, which
# may change from day to day; list.tftest.hcl is about that one.
project_id = "mensageria-test"

integrations = {
  senninha = {}
  maas     = {}
  dmitri   = {}
}

images = {
  registration = "registry.example.com/registration@sha256:0000000000000000000000000000000000000000000000000000000000000000"
  dead-letter  = "registry.example.com/dead-letter@sha256:0000000000000000000000000000000000000000000000000000000000000000"
  sweeper      = "registry.example.com/sweeper@sha256:0000000000000000000000000000000000000000000000000000000000000000"
  integration  = "registry.example.com/integration@sha256:0000000000000000000000000000000000000000000000000000000000000000"
  destination  = "registry.example.com/destination@sha256:0000000000000000000000000000000000000000000000000000000000000000"
  console      = "registry.example.com/console@sha256:0000000000000000000000000000000000000000000000000000000000000000"
}

integration_urls = {
  senninha = "https://senninha.example.com"
  maas     = "https://maas.example.com"
  dmitri   = "https://dmitri.example.com"
}

api_roles = {
  read    = ["@example.com"]
  operate = ["ana@example.com"]
}
alert_emails          = ["operations@example.com"]
console_users         = ["group:operations@example.com"]
registration_invokers = ["group:internal-tools@example.com"]
