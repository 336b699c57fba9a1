import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { Pool } from 'undici'

/** One accepted registration: when it was sent (epoch ms) and how long its answer took. */
export type Accepted = { centerId: string; sentAt: number; latencyMs: number }

const pad = (text: string) => text.padEnd(120, '.')

// Every text at its longest, so that a body has about 1 kB.
const bodyOf = (n: number): string => {
  const registration = sampleRegistration(n)
  return JSON.stringify({
    ...registration,
    name: pad(registration.name),
    address: {
      ...registration.address,
      street: pad('Rodovia'),
      complement: pad('Galpao'),
      district: pad('Centro'),
    },
    contact: { ...registration.contact, name: pad('Ana Souza') },
  })
}

const sendOne = async (pool: Pool, n: number): Promise<Accepted> => {
  const body = bodyOf(n)
  const sentAt = Date.now()
  const begun = performance.now()
  const answer = await pool.request({
    path: '/v1/distribution-centers',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  const center = await answer.body.json()
  if (answer.statusCode !== 201) throw new Error(`Answered ${answer.statusCode}: ${JSON.stringify(center)}`)
  const centerId = typeof center === 'object' && center !== null && 'id' in center ? String(center.id) : ''
  return { centerId, sentAt, latencyMs: performance.now() - begun }
}

/** Closed loop: each of `connections` sends its next registration when the last is answered. */
export const burst = async (
  url: string,
  from: number,
  count: number,
  connections: number,
): Promise<Accepted[]> => {
  const pool = new Pool(url, { connections })
  const accepted: Accepted[] = []
  let next = from
  const worker = async () => {
    while (next < from + count) accepted.push(await sendOne(pool, next++))
  }
  await Promise.all(Array.from({ length: connections }, worker))
  await pool.close()
  return accepted
}

/** Open loop: `perSecond` registrations a second whatever the answers take, as independent callers send them. */
export const steady = async (
  url: string,
  from: number,
  perSecond: number,
  seconds: number,
): Promise<Accepted[]> => {
  const pool = new Pool(url, { connections: 64 })
  const sent: Promise<Accepted>[] = []
  const begun = performance.now()
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(perSecond * seconds, Math.floor(((performance.now() - begun) / 1000) * perSecond))
      while (sent.length < due) sent.push(sendOne(pool, from + sent.length))
      if (sent.length < perSecond * seconds) return
      clearInterval(timer)
      resolve()
    }, 1)
  })
  const accepted = await Promise.all(sent)
  await pool.close()
  return accepted
}
