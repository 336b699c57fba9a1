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

# The one address that calls come from, for those whose other side has an allow list. Made where somebody needs it.
locals {
  _has_fixed_egress = length(var.fixed_egress) > 0 ? toset(["fixed"]) : toset([])
  fixed_egress = {
    network    = google_compute_network.this.id
    subnetwork = google_compute_subnetwork.this.id
  }
}

resource "google_compute_address" "egress" {
  for_each = local._has_fixed_egress
  project  = var.project_id
  name     = "mensageria-egress"
  region   = var.region
}

resource "google_compute_router" "egress" {
  for_each = local._has_fixed_egress
  project  = var.project_id
  name     = "mensageria-egress"
  region   = var.region
  network  = google_compute_network.this.id
}

resource "google_compute_router_nat" "egress" {
  for_each                           = local._has_fixed_egress
  project                            = var.project_id
  name                               = "mensageria-egress"
  region                             = var.region
  router                             = google_compute_router.egress[each.key].name
  nat_ip_allocate_option             = "MANUAL_ONLY"
  nat_ips                            = [google_compute_address.egress[each.key].self_link]
  source_subnetwork_ip_ranges_to_nat = "LIST_OF_SUBNETWORKS"

  subnetwork {
    name                    = google_compute_subnetwork.this.id
    source_ip_ranges_to_nat = ["ALL_IP_RANGES"]
  }
}
