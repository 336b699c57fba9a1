locals {
  _topics = { for name, row in module.row : name => split("/", row.topic) if row.topic != null }

  # A topic of this project is granted here; one of another is its owner's to grant.
  own_topics     = { for name, parts in local._topics : name => parts[3] if parts[1] == var.project_id }
  foreign_topics = { for name, parts in local._topics : name => parts if parts[1] != var.project_id }
}

resource "terraform_data" "destination_account" {
  for_each         = local.own_topics
  triggers_replace = module.integration[each.key].account_id
}

resource "google_pubsub_topic_iam_member" "destination" {
  for_each = local.own_topics
  project  = var.project_id
  topic    = each.value
  role     = "roles/pubsub.publisher"
  member   = "serviceAccount:${module.integration[each.key].email}"

  # The topic is not made here: who makes it again grants it again, with an apply.
  lifecycle {
    replace_triggered_by = [terraform_data.destination_account[each.key]]
  }
}
