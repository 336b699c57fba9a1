import { createPauses } from './pauses.ts'
import type { IntegrationState } from '../model/integration-state.ts'
import type { AuditEntry } from '../ports/index.ts'

const createPart = () => {
  const done: string[] = []
  const entries: AuditEntry[] = []
  let state: IntegrationState = { recovery: { phase: 'ramp', window: 1, nextAt: 0, since: 0 } }
  let auditIsAway = false
  let now = 1000
  const { pause, resume } = createPauses({
    states: {
      read: async () => state,
      write: async (_name, part, value) => {
        done.push(`write ${part}`)
        const { [part]: _, ...rest } = state
        state = value === undefined ? rest : { ...rest, [part]: value }
      },
    },
    audit: {
      append: async (entry) => {
        if (auditIsAway) throw new Error('away')
        done.push('audit')
        entries.push(entry)
      },
    },
    clock: { now: () => now },
  })
  return {
    pause,
    resume,
    done,
    entries,
    state: () => state,
    breakAudit: () => (auditIsAway = true),
    at: (time: number) => (now = time),
  }
}

const ANA = { actor: 'ana', reason: 'maintenance' }

test('a pause says who, when and why, and is audited before it happens', async () => {
  const { pause, done, entries, state } = createPart()
  expect(await pause('maas', ANA)).toBe(true)
  expect(state().paused).toEqual({ by: 'ana', reason: 'maintenance', at: 1000 })
  expect(done).toEqual(['audit', 'write paused'])
  expect(entries).toEqual([{ ...ANA, at: 1000, action: 'integration.pause', target: 'maas' }])
})

test('the same again changes nothing', async () => {
  const { pause, state, entries } = createPart()
  await pause('maas', ANA)
  expect(await pause('maas', { ...ANA, actor: 'bea' })).toBe(false)
  expect(state().paused).toMatchObject({ by: 'ana', reason: 'maintenance' })
  expect(entries).toHaveLength(1)
})

test('another reason is kept, audited, and does not begin the pause anew', async () => {
  const { pause, state, entries, at } = createPart()
  await pause('maas', ANA)
  at(5000)
  expect(await pause('maas', { actor: 'bea', reason: 'until Monday' })).toBe(true)
  expect(state().paused).toEqual({ by: 'bea', reason: 'until Monday', at: 1000 })
  expect(entries).toMatchObject([
    { reason: 'maintenance' },
    { actor: 'bea', reason: 'until Monday', at: 5000 },
  ])
})

test('a resume ends it, audited; without a pause there is nothing to do', async () => {
  const { pause, resume, state, entries } = createPart()
  expect(await resume('maas', ANA)).toBe(false)
  await pause('maas', ANA)
  expect(await resume('maas', { actor: 'bea', reason: 'done' })).toBe(true)
  expect(state().paused).toBeUndefined()
  expect(entries.map(({ action, actor }) => `${action} ${actor}`)).toEqual([
    'integration.pause ana',
    'integration.resume bea',
  ])
})

test('what cannot be audited does not happen', async () => {
  const { pause, state, breakAudit } = createPart()
  breakAudit()
  await expect(pause('maas', ANA)).rejects.toThrow('away')
  expect(state().paused).toBeUndefined()
})
