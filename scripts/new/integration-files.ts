const manifestOf = (name: string, displayName: string): string => `{
  "name": "@mensageria/${name}",
  "version": "0.1.0",
  "private": true,
  "description": ${JSON.stringify(`Integration: ${displayName}`)},
  "license": "Apache-2.0",
  "type": "module",
  "dependencies": {
    "@mensageria/contracts": "workspace:*",
    "@mensageria/google-cloud": "workspace:*",
    "@mensageria/runtime": "workspace:*",
    "zod": "catalog:"
  },
  "devDependencies": {
    "@mensageria/simulator": "workspace:*"
  }
}
`

const TSCONFIG = `{
  "extends": "../../tsconfig.base.json",
  "references": [
    { "path": "../../packages/contracts" },
    { "path": "../../packages/runtime" },
    { "path": "../../packages/google-cloud" },
    { "path": "../../packages/simulator" }
  ]
}
`

const MAIN = `import { openGoogleCloudLedger } from '@mensageria/google-cloud/ledger'
import { startIntegration } from '@mensageria/runtime'
import { integration } from './integration.ts'

await startIntegration(integration, { openLedger: openGoogleCloudLedger })
`

const integrationOf = (name: string): string => `import { z } from 'zod'
import type { DistributionCenter } from '@mensageria/contracts'
import { defineIntegration } from '@mensageria/runtime'

// To be replaced: what the system takes, where, and what it answers.
const centerAnswer = z.object({ reference: z.string() })

const toBody = ({ name, taxId, address }: DistributionCenter) => ({ name, taxId, cityCode: address.cityCode })

/** Creates or replaces the center under our own id, so that the call is safe to repeat. */
export const integration = defineIntegration({
  name: '${name}',
  deliver: async ({ data }, { http, outcome }) =>
    outcome(await http.put(\`/centers/\${encodeURIComponent(data.id)}\`, toBody(data)), {
      schema: centerAnswer,
      // What refuses the data, where the body proves it with a code and a message.
      rejectedBy: [422],
      isOurs: ({ reference }) => reference === data.id,
    }),
})
`

const SIMULATED = `import { invalidBody, refusedBy, text, type Call, type System } from '@mensageria/simulator/system'
import { z } from 'zod'

const Body = z.strictObject({ name: text, taxId: text, cityCode: text })

type Centers = Map<string, { reference: string } & z.output<typeof Body>>

const putCenter = (centers: Centers, { id: reference, body, dials }: Call) => {
  const parsed = Body.safeParse(body)
  if (!parsed.success) return invalidBody(422, parsed.error)
  const { taxId, cityCode } = parsed.data
  const refused = refusedBy(dials, { 'tax-id': taxId, 'city-code': cityCode })
  if (refused) return refused
  const status = centers.has(reference) ? 200 : 201
  centers.set(reference, { reference, ...parsed.data })
  return { status, body: { reference }, effect: { operation: 'upsert', subject: reference } } as const
}

/** The system as the simulator plays it: what it takes, refuses and holds. */
export const createSystem = (): System => {
  const centers: Centers = new Map()
  return {
    routes: [{ method: 'PUT', url: '/centers/:id', handle: (call) => putCenter(centers, call) }],
    records: () => [...centers.values()],
    clear: () => centers.clear(),
  }
}
`

const TEST = `import { toEvent } from '@mensageria/contracts'
import { center } from '@mensageria/contracts/samples'
import { answered, tryIntegration } from '@mensageria/runtime/testing'
import { openSystem } from '@mensageria/simulator/testing'
import { integration } from './integration.ts'
import { createSystem } from './simulated.ts'

const event = toEvent(center, undefined)
const body = { name: center.name, taxId: center.taxId, cityCode: center.address.cityCode }

/** What the simulated system answers to the center. */
const answerOf = (refuse: string[] = []) => {
  const { ask, refusing } = openSystem(createSystem)
  const answer = ask('PUT', '/centers/:id', { id: center.id, body, dials: refusing(...refuse) })
  return answered(answer.status, answer.body)
}

const deliver = (answer: ReturnType<typeof answered>) =>
  tryIntegration(integration, undefined, { event, answers: [answer] })

test('a center is delivered by one call, which can be repeated', async () => {
  const { outcome, calls } = await deliver(answerOf())
  expect(calls).toEqual([[\`PUT /centers/\${center.id}\`, body]])
  expect(outcome).toMatchObject({ kind: 'delivered' })
})

test('data that the system refuses is rejected', async () => {
  expect((await deliver(answerOf([center.taxId]))).outcome).toMatchObject({ kind: 'rejected' })
})

test.each([
  ['an answer for another center', answered(200, { reference: 'x' }), 'unknown'],
  ['an answer that says nothing', answered(200), 'unknown'],
  ['a system that is away', answered(503), 'transient'],
  ['a token that is wrong', answered(401), 'misconfigured'],
])('%s is no success', async (_what, answer, kind) => {
  expect((await deliver(answer)).outcome).toMatchObject({ kind })
})

test('the simulated system creates a center, replaces it, and holds it once', () => {
  const { ask, system } = openSystem(createSystem)
  const put = () => ask('PUT', '/centers/:id', { id: center.id, body }).status
  expect([put(), put()]).toEqual([201, 200])
  expect(system.records()).toEqual([{ reference: center.id, ...body }])
  system.clear()
  expect(system.records()).toEqual([])
  expect(ask('PUT', '/centers/:id', { id: center.id }).status).toBe(422)
})
`

/** The files of a new integration by code, by their path in its folder: they work as they are, against what they simulate. */
export const integrationFiles = (name: string, displayName: string): Readonly<Record<string, string>> => ({
  'package.json': manifestOf(name, displayName),
  'tsconfig.json': TSCONFIG,
  'src/main.ts': MAIN,
  'src/integration.ts': integrationOf(name),
  'src/simulated.ts': SIMULATED,
  'src/integration.unit.test.ts': TEST,
})
