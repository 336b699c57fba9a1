locals {
  _kinds = join(", ", keys(local.fields))
  _place = local.kind == "webhook" ? "target." : ""

  # Of the whole row.
  row_faults = concat(
    var.kind != null && !contains(keys(local.fields), local.kind) ? ["kind: Must be one of ${local._kinds}"] : [],
    var.kind == null && var.target != null ? ["target: Needs a kind: one of ${local._kinds}"] : [],
    var.kind != null && var.target == null ? ["target: Must say where the ${local.kind} destination is"] : [],
    var.kind != null && var.url != null ? ["url: Is for an integration by code: a destination has its target"] : [],
    var.kind == null ? [] : [for field in keys(var.authentication) : "${field}: Is for an integration by code: a webhook has it in its target"],
    contains(keys(local.credentials), local.auth) ? [] : ["${local._place}auth: Must be one of ${join(", ", keys(local.credentials))}"],
    [for field in keys(local.authentication) :
      "${local._place}${field}: Is for auth ${join(" or ", [for auth, settings in local.settings : auth if contains(settings, field)])}, and auth is ${local.auth}"
      if field != "auth" && !contains(lookup(local.settings, local.auth, []), field)
    ],
  )

  # Fields that are missing, or that the kind does not have.
  field_faults = !contains(keys(local.fields), local.kind) || var.target == null ? [] : concat(
    [for field, must in local.takes : "target.${field}: Must be given" if must && !can(local.given[field])],
    local.kind == "webhook" && local.auth == "oauth2-client-credentials" ? [
      for field in ["auth_token_url", "auth_client_id"] : "target.${field}: Must be given with auth oauth2-client-credentials" if !can(local.given[field])
    ] : [],
    [for field in keys(local.given) : "target.${field}: Is no field of a ${local.kind} destination, which has ${join(", ", keys(local.takes))}" if !contains(keys(local.takes), field)],
  )

  # The form of each value: a pattern, and what is asked for.
  _url = "(//[^@?#\\s/]+(/[^@?#\\s]*)?)$"
  forms = {
    "webhook.url" = {
      pattern = "^https:${local._url}"
      form    = "https beyond this machine, without credentials, query or fragment, like https://portal.example/hooks/centers"
    }
    "rabbitmq.url" = {
      pattern = "^amqps:${local._url}"
      form    = "amqps beyond this machine, without credentials, like amqps://rabbit.example/vhost"
    }
    "rabbitmq.exchange"    = { pattern = "^[\\s\\S]{1,255}$", form = "the name of an exchange: 1 to 255 characters" }
    "rabbitmq.routing_key" = { pattern = "^([^{}]|\\{type\\}){0,255}$", form = "a routing key: at most 255 characters, and no placeholder but {type}" }
    "kafka.topic"          = { pattern = "^([A-Za-z0-9_-][A-Za-z0-9._-]{0,248}|\\.[A-Za-z0-9_-][A-Za-z0-9._-]{0,247}|\\.\\.[A-Za-z0-9._-]{1,247})$", form = "a topic: letters, digits, dots, underscores and hyphens, 249 at most" }
    "kafka.sasl"           = { pattern = "^(plain|scram-sha-256|scram-sha-512)$", form = "plain, scram-sha-256 or scram-sha-512" }
    "sns.topic_arn"        = { pattern = "^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:([A-Za-z0-9_-]{1,251}\\.fifo|[A-Za-z0-9_-]{1,256})$", form = "an ARN like arn:aws:sns:sa-east-1:123456789012:centers.fifo" }
    "sns.endpoint"         = { pattern = "^https:${local._url}", form = "https, like https://vpce-1.sns.sa-east-1.vpce.amazonaws.com" }
    "sqs.queue_url"        = { pattern = "^https://[^@?#\\s/]+/[0-9]{12}/([A-Za-z0-9_-]{1,75}\\.fifo|[A-Za-z0-9_-]{1,80})$", form = "a queue like https://sqs.sa-east-1.amazonaws.com/123456789012/centers" }
    "sqs.region"           = { pattern = "^[a-z0-9-]{1,64}$", form = "a region like sa-east-1" }
    "sqs.endpoint"         = { pattern = "^https:${local._url}", form = "https, like https://vpce-1.sqs.sa-east-1.vpce.amazonaws.com" }
    "pubsub.topic"         = { pattern = "^projects/[a-z][a-z0-9:.-]{2,61}[a-z0-9]/topics/[A-Za-z][A-Za-z0-9._~+%-]{2,254}$", form = "a topic like projects/other/topics/centers" }
  }
  form_faults = [for field, value in local.given :
    "target.${field}: Must be ${local.forms["${local.kind}.${field}"].form}"
    if can(local.forms["${local.kind}.${field}"]) && !can(regex(local.forms["${local.kind}.${field}"].pattern, value))
  ]

  auth_forms = {
    auth_header    = { pattern = "^[A-Za-z0-9-]{1,64}$", form = "the name of a header, for example x-api-key" }
    auth_token_url = { pattern = "^https:${local._url}", form = "https, like https://login.example.com/oauth2/token" }
    auth_client_id = { pattern = "^[!-~]{1,255}$", form = "one line without spaces" }
    auth_client    = { pattern = "^(basic|post)$", form = "basic or post" }
  }
  # What a request has for other reasons.
  _taken = "(?i)^(host|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|expect|content-.*|accept.*|ce-.*|webhook-.*|idempotency-key|traceparent|tracestate)$"
  auth_faults = concat(
    [for field, value in local.authentication : "${local._place}${field}: Must be ${local.auth_forms[field].form}"
    if can(local.auth_forms[field]) && !can(regex(local.auth_forms[field].pattern, value))],
    can(regex(local._taken, local.authentication.auth_header)) ? ["${local._place}auth_header: Must not be a header that a request has already"] : [],
  )

  # What no pattern says.
  _brokers     = try(tolist(local.given.brokers), [])
  _rejected_by = try([for status in local.given.rejected_by : tonumber(status)], null)
  _said        = try(regex("//(?:[^/]*\\.)?sqs(?:-fips)?\\.([a-z]{2,6}(?:-[a-z]+)+-[0-9]{1,2})\\.", local.given.queue_url)[0], regex("//([a-z]{2,6}(?:-[a-z]+)+-[0-9]{1,2})\\.queue\\.amazonaws\\.com", local.given.queue_url)[0], regex("//queue\\.amazonaws\\.com/", local.given.queue_url) == "" ? null : "us-east-1", null)
  other_faults = concat(
    local.kind == "kafka" && can(local.given.brokers) && (length(local._brokers) < 1 || length(local._brokers) > 20 || !alltrue([for broker in local._brokers : can(regex("^([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\]):[1-9][0-9]{0,4}$", broker)) && try(tonumber(regex("[0-9]+$", broker)) <= 65535, false)])
    ) ? ["target.brokers: Must be 1 to 20 of host:port, for example k1.example:9092"] : [],
    can(local.given.rejected_by) && !try(length(local._rejected_by) <= 20 && alltrue([for status in local._rejected_by : status >= 400 && status <= 499 && floor(status) == status]), false
    ) ? ["target.rejected_by: Must be at most 20 statuses from 400 to 499"] : [],
    local.kind == "sqs" && can(local.given.queue_url) && local._said == null && !can(local.given.region) ? ["target.region: Must be given: the address of the queue does not say it, for example sa-east-1"] : [],
    local.kind == "sqs" && local._said != null && try(local.given.region != local._said, false) ? ["target.region: Must be left out or be ${local._said}, which the address of the queue says"] : [],
    local.kind == "pubsub" && can(regex("/topics/goog", local.given.topic)) ? ["target.topic: Must not begin with goog"] : [],
    [for file in var.files : "files: Must be ca, cert or key" if !contains(["ca", "cert", "key"], file)],
    contains(var.files, "cert") != contains(var.files, "key") ? ["files: cert and key belong together"] : [],
  )

  faults = [for fault in concat(local.row_faults, local.field_faults, local.form_faults, local.auth_faults, local.other_faults) : "row ${var.name}: ${fault}"]
}
