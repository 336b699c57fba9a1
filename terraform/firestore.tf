# Centers, events and the ledger. What burns here is what was accepted: three walls stand before it.
resource "google_firestore_database" "this" {
  project     = var.project_id
  name        = var.firestore_database
  location_id = var.region
  type        = "FIRESTORE_NATIVE"

  delete_protection_state           = var.deletion_protection ? "DELETE_PROTECTION_ENABLED" : "DELETE_PROTECTION_DISABLED"
  point_in_time_recovery_enablement = "POINT_IN_TIME_RECOVERY_ENABLED"

  # The default, ABANDON, would leave a database behind on which the next apply fails. The protection decides, not this.
  deletion_policy = "DELETE"
  depends_on      = [google_project_service.this]
}

# Recovery to a point in time reaches back 7 days; a fault that nobody saw for longer needs this.
resource "google_firestore_backup_schedule" "daily" {
  project   = var.project_id
  database  = google_firestore_database.this.name
  retention = "2592000s"
  daily_recurrence {}
}
