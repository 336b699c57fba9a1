// A process for start-integration.int.test.ts: one integration, whole, on a ledger in DATA_DIR.
import { openEmbedded } from '@mensageria/embedded'
import { z } from 'zod'
import { defineIntegration } from '../integration/define-integration.ts'
import { startIntegration } from '../integration/start-integration.ts'

const dmitri = defineIntegration({
  name: 'dmitri',
  deliver: async ({ data }, { http, outcome }) =>
    outcome(await http.put(`/cities/${data.address.cityCode}`, {}), {
      schema: z.object({ ok: z.literal(true) }),
      rejectedBy: [422],
    }),
})

await startIntegration(dmitri, {
  openLedger: () =>
    openEmbedded({ dataDir: process.env['DATA_DIR'] ?? '', subscriptions: [], onError: () => undefined }),
})
