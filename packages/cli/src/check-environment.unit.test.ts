import { runHere } from './testing/run.ts'

const run = (env: Record<string, string>) =>
  runHere(['centers', '--url', 'http://127.0.0.1:1', '--timeout', '0.1'], env)

test.each([
  ['MENSAGERIA_URI', 'MENSAGERIA_URL'],
  ['MENSAGEIRA_URL', 'MENSAGERIA_URL'],
  ['mensageria_url', 'MENSAGERIA_URL'],
  ['MENSAGERIA_TOKEM', 'MENSAGERIA_TOKEN'],
  ['MENSAGERIA_CONSOLE', 'MENSAGERIA_CONSOLE_URL'],
])('defect 6: %s ends the command and names %s', async (name, meant) => {
  const { code, err } = await run({ [name]: 'https://example.com' })
  expect([code, err]).toEqual([2, expect.stringContaining(`${name} is set`)])
  expect(err).toContain(`set ${meant}`)
})

test.each([
  ['MENSAGERIA_URL', '', 'MENSAGERIA_URL is empty'],
  ['MENSAGERIA_TOKEN', '', 'MENSAGERIA_TOKEN is empty'],
  ['MENSAGERIA_SIGN_IN', 'gogle', 'must be google or none'],
])('defect 6: %s=%j ends the command', async (name, value, reason) => {
  expect(await run({ [name]: value })).toMatchObject({ code: 2, err: expect.stringContaining(reason) })
})

test('defect 6: what is not ours ends no command', async () => {
  const others = { MENSA_URL: 'x', PATH: '/bin', MESSAGES_URL: 'x', LANG: 'C' }
  expect((await run(others)).err).toContain('127.0.0.1:1')
})
