# The integrations take requests from inside only (ADR 0017). Pub/Sub and Cloud Scheduler of this project count as inside;
# another Cloud Run service does only when its requests go through a network. So the sweeper's do, and nobody else's.
resource "google_compute_network" "this" {
  project                 = var.project_id
  name                    = "mensageria"
  auto_create_subnetworks = false
  depends_on              = [google_project_service.this]
}

resource "google_compute_subnetwork" "this" {
  project       = var.project_id
  name          = "mensageria"
  region        = var.region
  network       = google_compute_network.this.id
  ip_cidr_range = var.subnet_cidr

  # Without it the sweeper would reach neither run.app nor Google's APIs: all its traffic goes this way.
  private_ip_google_access = true
}
