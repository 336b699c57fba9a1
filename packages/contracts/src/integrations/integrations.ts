import { z } from 'zod'
import { AuthenticationFields, refuseStrangeSettings } from './authentication.ts'
import { DestinationKind } from '../destinations/destination-kind.ts'
import { Destination } from '../destinations/destination.ts'

const fieldsOf = (kind: DestinationKind): string[] =>
  Destination.options.flatMap(({ shape }) =>
    shape.kind.value === kind ? Object.keys(shape.target.shape) : [],
  )

const targetWords = (issue: z.core.$ZodIssue, kind: DestinationKind): string =>
  issue.code === 'unrecognized_keys'
    ? `${issue.keys.join(', ')} is no field of a target of kind ${kind}: ${fieldsOf(kind).join(', ')} are`
    : issue.message

/**
 * One row of `terraform/integrations.auto.tfvars.json`, the list that Terraform, the local topology and the console read.
 * Bounds are Pub/Sub's own; seconds, as Terraform writes them. Strict: a typo would silently give the default.
 */
export const IntegrationPolicy = z
  .strictObject({
    /** How people call it; its name unless given. */
    display_name: z.string().trim().min(1).max(60).optional(),
    /** A destination by configuration; an integration by code, with a folder of its own, unless given. */
    kind: DestinationKind.optional(),
    /** Where a destination is; each kind says what it takes. */
    target: z
      .record(z.string(), z.unknown(), { error: 'Must be an object with the fields of its kind' })
      .optional(),
    min_backoff_seconds: z.number().min(0).max(600).default(10),
    max_backoff_seconds: z.number().min(0).max(600).default(600),
    max_delivery_attempts: z.int().min(5).max(100).default(100),
    /** Pushes in work at once: the bulkhead that keeps one hanging system from starving the others. */
    max_concurrency: z.int().min(1).max(1000).default(32),
    /** How many deliveries a second a system gets at most, whatever brings them; unlimited until it answers 429 unless given. */
    max_rate_per_second: z.number().positive().max(10_000).optional(),
    /** How many deliveries a second a system gets at most while its backlog is brought back. */
    recovery_rate_per_second: z.number().positive().max(10_000).default(200),
    /** How many deliveries one step of the ramp hands over at most. */
    recovery_window_max: z.int().min(1).max(1000).default(100),
    /** Centers accepted before this time are not this integration's own. */
    since: z.iso.datetime({ error: 'Must be a time like 2026-12-01T00:00:00Z' }).optional(),
    /** Version of the secret `NAME-token` that the deployed service gets; Terraform's default is 1. */
    token_version: z.int().min(1).max(1_000_000).optional(),
    /** Address of the system, where it is the same in every environment of Terraform. */
    url: z
      .url({ protocol: /^https$/ })
      .max(2048)
      .refine((value) => !/[@?#]/.test(value), { error: 'Must have no credentials, query or fragment' })
      .optional(),
    /** How the system of an integration by code knows us; a webhook has these fields in its target. */
    ...AuthenticationFields.shape,
  })
  .refine((policy) => policy.min_backoff_seconds <= policy.max_backoff_seconds, {
    error: 'min_backoff_seconds must not be above max_backoff_seconds',
    path: ['min_backoff_seconds'],
  })
  .superRefine(({ kind, target, url, ...row }, context) => {
    const refuse = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message })
    if (kind === undefined) {
      if (target !== undefined) refuse('target', `Needs a kind: one of ${DestinationKind.options.join(', ')}`)
      return refuseStrangeSettings(row, refuse)
    }
    if (url !== undefined) refuse('url', 'Is for an integration by code: a destination has its target')
    for (const field of AuthenticationFields.keyof().options)
      if (row[field] !== undefined)
        refuse(field, 'Is for an integration by code: a webhook has it in its target')
    if (target === undefined) return refuse('target', `Must say where the ${kind} destination is`)
    for (const issue of Destination.safeParse({ kind, target }).error?.issues ?? [])
      context.addIssue({ ...issue, code: 'custom', message: targetWords(issue, kind) })
  })
export type IntegrationPolicy = z.output<typeof IntegrationPolicy>

/** The destination that a row names; undefined for an integration by code. */
export const destinationOf = ({ kind, target }: IntegrationPolicy): Destination | undefined =>
  kind === undefined ? undefined : Destination.parse({ kind, target })

/** How an integration by code authenticates, as its row says. */
export const authenticationOf = (policy: IntegrationPolicy): AuthenticationFields =>
  AuthenticationFields.parse(policy)

export const IntegrationName = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/)

/** The whole file. */
export const IntegrationsFile = z.strictObject({
  integrations: z.record(IntegrationName, IntegrationPolicy),
})
export type IntegrationsFile = z.output<typeof IntegrationsFile>
