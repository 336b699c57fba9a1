// A process for start-integration.int.test.ts: one integration, whole, on a ledger in DATA_DIR.
import { outcomeByStatus } from '@mensageria/core'
import { openEmbedded } from '@mensageria/embedded'
import { z } from 'zod'
import { defineIntegration } from '../integration/define-integration.ts'
import { startIntegration } from '../integration/start-integration.ts'

const dmitri = defineIntegration({
  name: 'dmitri',
  configSchema: z.object({ DMITRI_URL: z.url() }),
  async deliver({ data }, { http, idempotencyKey, now }) {
    const answer = await http.put(`/cities/${data.address.cityCode}`, {}, { idempotencyKey })
    return outcomeByStatus(answer, { schema: z.object({ ok: z.literal(true) }), refusals: [422], now })
  },
})

await startIntegration(dmitri, {
  openLedger: () =>
    openEmbedded({ dataDir: process.env['DATA_DIR'] ?? '', subscriptions: [], onError: () => undefined }),
})
