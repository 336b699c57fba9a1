import { startWatching } from './start-watching.ts'

const open = (check: () => Promise<void>) => {
  const done: string[] = []
  const warnings: unknown[] = []
  let size = 0
  let told: () => void = () => {}
  const next = () =>
    new Promise<void>((resolve) => {
      told = resolve
    })
  const note = (what: string) => {
    done.push(what)
    told()
  }
  const feed = {
    check: async () => {
      note('check')
      await check()
    },
    forget: () => note('forget'),
  }
  const logger = { warn: (fields: unknown) => warnings.push(fields) }
  const watching = startWatching(feed, { size: () => size }, 1, logger)
  return { done, warnings, watching, next, watch: () => (size = 1) }
}

test('checks while somebody watches, and only then', async () => {
  const { done, watching, next, watch } = open(async () => {})
  await next()
  expect(new Set(done)).toEqual(new Set(['forget']))
  watch()
  await next()
  await next()
  expect(done.at(-1)).toBe('check')
  await watching.stop()
  const { length } = done
  await new Promise((resolve) => {
    setImmediate(resolve)
  })
  expect(done).toHaveLength(length)
})

test('a check that fails is told, and the next one is made', async () => {
  const { warnings, watching, next, watch } = open(() => Promise.reject(new Error('away')))
  watch()
  while (warnings.length < 2) await next()
  await watching.stop()
  expect(warnings[0]).toEqual({ err: new Error('away') })
})
