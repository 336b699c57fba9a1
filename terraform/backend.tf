# The bucket and the prefix come with `terraform init -backend-config`: each environment has its own.
terraform {
  backend "gcs" {}
}
