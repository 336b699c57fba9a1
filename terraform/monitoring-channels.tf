resource "google_monitoring_notification_channel" "email" {
  for_each     = var.alert_emails
  project      = var.project_id
  display_name = "Mensageria: ${each.value}"
  type         = "email"
  labels       = { email_address = each.value }
  depends_on   = [google_project_service.this]
}

# What the SLOs of the integrations belong to.
resource "google_monitoring_custom_service" "this" {
  project      = var.project_id
  service_id   = "mensageria"
  display_name = "Mensageria"
  depends_on   = [google_project_service.this]
}
