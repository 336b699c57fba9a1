/** A message as a push endpoint takes it; `data` is the text that the base64 on the wire stood for. */
export type PushMessage = {
  subscription: string
  messageId: string
  publishTime: string
  /** How often the broker has brought it: 1 the first time, 1 also where it does not say. */
  deliveryAttempt: number
  attributes: Readonly<Record<string, string>>
  data: string
}
