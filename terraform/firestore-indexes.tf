# The very file that the code's own tests check their queries against: it cannot differ from what is created.
locals {
  firestore = jsondecode(file("${path.module}/../packages/google-cloud/firestore.indexes.json"))

  indexes = {
    for index in local.firestore.indexes :
    join("~", concat([index.collectionGroup], index.fields[*].fieldPath)) => index
  }
  fields = {
    for field in local.firestore.fieldOverrides :
    "${field.collectionGroup}~${field.fieldPath}" => field
  }
}

resource "google_firestore_index" "this" {
  for_each    = local.indexes
  project     = var.project_id
  database    = google_firestore_database.this.name
  collection  = each.value.collectionGroup
  query_scope = each.value.queryScope

  dynamic "fields" {
    for_each = each.value.fields
    content {
      field_path   = fields.value.fieldPath
      order        = lookup(fields.value, "order", null)
      array_config = lookup(fields.value, "arrayConfig", null)
    }
  }
}

resource "google_firestore_field" "this" {
  for_each   = local.fields
  project    = var.project_id
  database   = google_firestore_database.this.name
  collection = each.value.collectionGroup
  field      = each.value.fieldPath

  # Empty: no single-field index. An increasing field that is indexed would limit writes to 500 a second.
  index_config {
    dynamic "indexes" {
      for_each = each.value.indexes
      content {
        order        = lookup(indexes.value, "order", null)
        array_config = lookup(indexes.value, "arrayConfig", null)
        query_scope  = lookup(indexes.value, "queryScope", "COLLECTION")
      }
    }
  }

  dynamic "ttl_config" {
    for_each = lookup(each.value, "ttl", false) ? [1] : []
    content {}
  }
}
