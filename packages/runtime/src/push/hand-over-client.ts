import { randomUUID } from 'node:crypto'
import { defined, toAttributes, type DistributionCenterEvent } from '@mensageria/contracts'
import type { DeliveryTrigger, Clock, DeliverResult, HandOver } from '@mensageria/core'
import { Agent, request } from 'undici'
import { z } from 'zod'
import { withTimeout } from '../base/with-timeout.ts'
import type { Logger } from '../logging/logger.ts'
import { ANSWER_BYTES_MAX } from '../http-client/decode-body.ts'
import { readAnswer } from '../http-client/read-answer.ts'
import { requestPath } from '../http-client/request-path.ts'
import { toCauseAttributes } from './delivery-cause.ts'
import { DeliveryResult, RESULT_HEADER } from './delivery-result.ts'
import { PUSH_PATH } from './push-plugin.ts'

/** Gives the Authorization header for a service, by the audience that it expects. */
export type Authorize = (audience: string) => Promise<string>

/** Where an integration takes pushes; `audience` is what its tokens are for, its URL unless given. */
export type PushEndpoint = { url: string; audience?: string }

export type HandOverClientOptions = {
  endpoints: Readonly<Record<string, PushEndpoint>>
  /** None on one machine, where nobody asks for tokens. */
  authorize?: Authorize
  clock: Pick<Clock, 'now'>
  logger: Pick<Logger, 'error'>
  timeoutMs?: number
}

// Above the handler's own 45 s, so that its answer is heard.
const TIMEOUT_MS = 50_000
const CONNECT_MS = 5_000

/** An integration did not say how a delivery ended; the row's lease and the next sweep answer for it. */
export class HandOverError extends Error {
  override readonly name = 'HandOverError'
  readonly expected = true
}

const Refusal = z.object({
  status: z.literal(503),
  result: DeliveryResult,
  throttled: z.literal(true).optional(),
})

const toEnvelope = (
  name: string,
  event: DistributionCenterEvent,
  trigger: DeliveryTrigger,
  now: number,
): unknown => ({
  message: {
    attributes: { ...toAttributes(event), ...toCauseAttributes(trigger) },
    data: Buffer.from(JSON.stringify(event.data)).toString('base64'),
    messageId: randomUUID(),
    publishTime: new Date(now).toISOString(),
  },
  subscription: name,
})

const toResult = (status: number, header: unknown, body: unknown): DeliverResult => {
  const accepted = DeliveryResult.safeParse(header)
  if (status === 204 && accepted.success) return { ack: true, result: accepted.data }
  const refused = Refusal.safeParse(body)
  if (status === 503 && refused.success) {
    const { result, throttled } = refused.data
    return { ack: false, result, ...defined({ throttled }) }
  }
  throw new HandOverError(`It answered ${status} without a result`)
}

/**
 * Hands deliveries over to the integrations' push endpoints, whose answers are the results. Whatever else comes back
 * counts as unreachable, and is thrown. Addresses come from configuration only.
 */
export const createHandOverClient = (
  options: HandOverClientOptions,
): { handOver: HandOver; close(): Promise<void> } => {
  const { endpoints, authorize, clock, logger, timeoutMs = TIMEOUT_MS } = options
  const agent = new Agent({
    connect: { timeout: CONNECT_MS },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: ANSWER_BYTES_MAX,
  })

  const post = async (name: string, { url, audience = url }: PushEndpoint, body: unknown) => {
    const { origin, pathname } = new URL(url)
    const signal = AbortSignal.timeout(timeoutMs)
    // The same time limit: a metadata server that hangs must not hold the hand-over open, or its integration gets no other.
    const authorization = authorize && (await withTimeout(authorize(audience), timeoutMs))
    const answer = await request(origin + requestPath(pathname.replace(/\/+$/, ''), PUSH_PATH), {
      method: 'POST',
      dispatcher: agent,
      headers: {
        'content-type': 'application/json',
        // Cloud Run checks the second, removes its signature, and leaves the first to the service
        // (cloud.google.com/run/docs/authenticating/service-to-service).
        ...(authorization === undefined
          ? {}
          : { authorization, 'x-serverless-authorization': authorization }),
      },
      body: JSON.stringify(body),
      signal,
    })
    const { body: problem } = await readAnswer(answer)
    return toResult(answer.statusCode, answer.headers[RESULT_HEADER], problem)
  }

  const handOver: HandOver = async (name, event, trigger) => {
    const endpoint = Object.hasOwn(endpoints, name) ? endpoints[name] : undefined
    if (!endpoint) throw new HandOverError(`The configuration has no address for ${name}`)
    try {
      return await post(name, endpoint, toEnvelope(name, event, trigger, clock.now()))
    } catch (error) {
      const err = new HandOverError(`${name} was not reached`, { cause: error })
      const { subject: centerId, sequence: version, traceparent } = event
      logger.error({ integration: name, centerId, version, traceparent, err }, 'handover.unreachable')
      throw err
    }
  }
  return { handOver, close: () => agent.destroy() }
}
