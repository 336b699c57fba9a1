output "dead_letter_subscription" {
  description = "Subscription of the dead letters."
  value       = google_pubsub_subscription.dead_letter.name
}

output "dead_letter_topic" {
  description = "Topic of what Pub/Sub gave up on."
  value       = google_pubsub_topic.dead_letter.name
}

# By its resource, so that who grants something on a subscription waits until it is there.
output "subscriptions" {
  description = "Name of each integration's subscription."
  value       = { for name, subscription in google_pubsub_subscription.integration : name => subscription.name }
}

output "topic" {
  description = "Topic of the events."
  value       = google_pubsub_topic.events.name
}
