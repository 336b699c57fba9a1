mock_provider "google" {
  source = "./tests/mocks"
}

run "database" {
  command = plan
  assert {
    condition = (
      google_firestore_database.this.delete_protection_state == "DELETE_PROTECTION_ENABLED"
      && google_firestore_database.this.point_in_time_recovery_enablement == "POINT_IN_TIME_RECOVERY_ENABLED"
      && google_firestore_backup_schedule.daily.retention == "2592000s"
    )
    error_message = "The database cannot be deleted by accident, and reaches back in time."
  }
  assert {
    condition     = length(google_firestore_index.this) == length(local.firestore.indexes)
    error_message = "Every index of firestore.indexes.json is made once."
  }
  assert {
    condition     = length(google_firestore_field.this) == length(local.firestore.fieldOverrides)
    error_message = "Every exemption of firestore.indexes.json is made once."
  }
  assert {
    condition     = google_firestore_index.this["deliveries~openShard~dueAt"].fields[*].order == tolist(["ASCENDING", "ASCENDING"])
    error_message = "The sweep's query needs (openShard, dueAt)."
  }
  assert {
    condition     = google_firestore_index.this["centers~listShard~prefixes~createdAt"].fields[1].array_config == "CONTAINS"
    error_message = "An array is indexed by what it contains."
  }
  assert {
    condition = toset([for name, field in google_firestore_field.this : name if length(field.ttl_config) == 1]) == toset([
      "attempts~expireAt", "audit~expireAt", "days~expireAt", "events~expireAt", "idempotency~expireAt",
      "redriveLanes~expireAt", "redrives~expireAt", "undecodableMessages~expireAt",
    ])
    error_message = "These expire, and nothing else: a center and a delivery never do."
  }
  assert {
    condition     = alltrue([for field in values(google_firestore_field.this) : length(field.index_config[0].indexes) == 0])
    error_message = "An override of ours switches the single-field index off."
  }
}

run "protection_can_be_lifted_for_a_test_project" {
  command = plan
  variables {
    deletion_protection = false
  }
  assert {
    condition     = google_firestore_database.this.delete_protection_state == "DELETE_PROTECTION_DISABLED"
    error_message = "One variable lifts the protection."
  }
}
