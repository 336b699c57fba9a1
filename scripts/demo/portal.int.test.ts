import { Webhook } from 'standardwebhooks'
import { startPortal, type Portal } from './portal.ts'

let portal: Portal
beforeEach(async () => {
  portal = await startPortal()
})
afterEach(() => portal.close())

const post = async (body: string, { secret = portal.env['PORTAL_SECRET'] ?? '', key = 'k1' } = {}) => {
  const at = new Date()
  const { target } = portal.row
  const answer = await fetch(target.url, {
    method: 'POST',
    headers: {
      'webhook-id': 'c1:1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign('c1:1', at, body),
      'idempotency-key': key,
      'ce-subject': 'c1',
      'ce-sequence': '1',
    },
    body,
  })
  return answer.status
}

const BODY = JSON.stringify({ name: 'CD Cajamar' })

test('the portal of the demo takes what is signed with its secret, once for each key', async () => {
  expect([await post(BODY), await post(BODY)]).toEqual([204, 204])
  expect(portal.effects).toEqual([{ centerId: 'c1', version: 1, center: 'CD Cajamar' }])
  // The demo counts what comes twice under another key.
  expect(await post(BODY, { key: 'k2' })).toBe(204)
  expect(portal.effects).toHaveLength(2)
})

test('the portal of the demo takes nothing of anybody else', async () => {
  expect(await post(BODY, { secret: `whsec_${Buffer.alloc(24).toString('base64')}` })).toBe(401)
  expect(portal.effects).toEqual([])
})
