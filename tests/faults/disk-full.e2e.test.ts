import { centerIdOf, Problem } from '@mensageria/contracts'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { expectPromisesKept } from '../support/promises.ts'
import { openTestSystem, type TestSystem } from '../support/system.ts'

let system: TestSystem
beforeEach(async () => {
  system = await openTestSystem()
})
afterEach(() => system.close())

// No file of the process may grow beyond 2 or 4 MiB, by the shell's unit: to SQLite the disk is full there. The signal
// that comes with it (SIGXFSZ) is ignored by Node.
const withSmallDisk = (command: string): string => `ulimit -f 4096 && ${command}`

test('a full disk is a 503 with a problem document, keeps nothing of the request, and loses nothing of the others', async () => {
  const first = await system.start({}, undefined, withSmallDisk)
  let n = 0
  let answer: Response
  do {
    n += 1
    answer = await system.client.post(first.url, sampleRegistration(n))
  } while (answer.status === 201 && n < 5_000)
  expect(answer.status).toBe(503)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(Problem.parse(await answer.json())).toMatchObject({
    type: 'urn:mensageria:problem:unavailable',
    status: 503,
  })
  // Some were accepted before; what is there can be read, and the process is there.
  expect(n).toBeGreaterThan(1)
  const refused = `/v1/distribution-centers/${centerIdOf(sampleRegistration(n).taxId)}`
  expect((await fetch(`${first.url}/v1/distribution-centers`)).status).toBe(200)
  expect((await fetch(first.url + refused)).status).toBe(404)
  expect(await first.stop()).toBe(0)

  const second = await system.start()
  expect((await fetch(second.url + refused)).status).toBe(404)
  expect((await system.client.post(second.url, sampleRegistration(n))).status).toBe(201)
  await expectPromisesKept(system, second.url)
})
