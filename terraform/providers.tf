provider "google" {
  project        = var.project_id
  region         = var.region
  default_labels = { system = "mensageria" }
}

# The number is part of service URLs and of the platform's own accounts.
data "google_project" "this" {
  project_id = var.project_id
}
