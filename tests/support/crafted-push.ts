import {
  toAttributes,
  toEvent,
  type DistributionCenter,
  type DistributionCenterEvent,
} from '@mensageria/contracts'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'

/** A message as a publisher gives it: `data` is base64. */
export type CraftedMessage = { attributes: Record<string, string>; data: string }

/** The message of a center's current version, as registration publishes it, with what a test adds to its attributes. */
export const messageOf = (
  center: DistributionCenter,
  attributes: Record<string, string> = {},
): CraftedMessage => messageOfEvent(toEvent(center, undefined), attributes)

/** The same for an event that a test has changed. */
export const messageOfEvent = (
  event: DistributionCenterEvent,
  attributes: Record<string, string> = {},
): CraftedMessage => ({
  attributes: { ...toAttributes(event), ...attributes },
  data: Buffer.from(JSON.stringify(event.data)).toString('base64'),
})

const push = (serviceUrl: string, message: CraftedMessage, messageId: string): Promise<Response> =>
  fetch(`${serviceUrl}/push`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      message: { ...message, messageId, publishTime: new Date().toISOString() },
      subscription: 'projects/test/subscriptions/crafted',
    }),
  })

/** Pushes a message straight to a service, as the broker would; resolves with the status. */
export const pushTo = async (
  serviceUrl: string,
  message: CraftedMessage,
  messageId: string = randomUUID(),
): Promise<number> => {
  const answer = await push(serviceUrl, message, messageId)
  await answer.arrayBuffer()
  return answer.status
}

/** The same; resolves with what a refusal says, undefined where the push was accepted. */
export const refusalOf = async (serviceUrl: string, message: CraftedMessage): Promise<string | undefined> => {
  const answer = await push(serviceUrl, message, randomUUID())
  if (answer.status === 204) return undefined
  return z.object({ detail: z.string() }).parse(await answer.json()).detail
}

/** Publishes messages through the emulator's REST API; resolves with their ids. */
export const publishTo = async (
  pubsub: string,
  projectId: string,
  topic: string,
  messages: readonly CraftedMessage[],
): Promise<string[]> => {
  const answer = await fetch(`http://${pubsub}/v1/projects/${projectId}/topics/${topic}:publish`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ messages }),
  })
  return z.object({ messageIds: z.array(z.string()) }).parse(await answer.json()).messageIds
}
