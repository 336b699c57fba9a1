output "dead_letter_subscription" {
  description = "Subscription of the dead letters."
  value       = google_pubsub_subscription.dead_letter.name
}

output "dead_letter_topic" {
  description = "Topic of what Pub/Sub gave up on."
  value       = google_pubsub_topic.dead_letter.name
}

output "subscription_ids" {
  description = "Id of each integration's subscription: unknown while the subscription is made, also when it is made again."
  value       = { for name, subscription in google_pubsub_subscription.integration : name => subscription.id }
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

output "topic_ids" {
  description = "Id of each topic: unknown while the topic is made, also when it is made again."
  value       = { events = google_pubsub_topic.events.id, dead_letter = google_pubsub_topic.dead_letter.id }
}
