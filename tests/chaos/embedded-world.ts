import { startForwardProxy } from '@mensageria/testkit/forward-proxy'
import { openOwnList } from '../support/own-list.ts'
import { simulatedBy } from '../support/promises.ts'
import { openTestSystem, SYSTEMS } from '../support/system.ts'
import { startWebhookReceiver } from '../support/webhook-receiver.ts'
import { createClient } from '../support/client.ts'
import { startTcpProxy, type TcpProxy } from '@mensageria/testkit/tcp-proxy'
import { createTrouble } from '../support/trouble.ts'
import { createObituaries, nameSystems, whereItRuns, type World } from './world.ts'

// A client that waits for longer tries again too late to meet the next fault.
const CLIENT_TIMEOUT_MS = 5_000

// A destination beside the integrations by code: the receiver itself is well, the way to it is not.
const openPortal = async () => {
  const receiver = await startWebhookReceiver()
  const { target } = receiver.row
  const { host, pathname } = new URL(target.url)
  const link = await startTcpProxy(host)
  const row = { ...receiver.row, target: { ...target, url: `http://${link.host}${pathname}` } }
  const byCode = SYSTEMS.map((name): [string, object] => [name, {}])
  const list = await openOwnList({ ...Object.fromEntries(byCode), portal: row })
  return {
    link,
    env: { ...list.env, ...receiver.env },
    effects: receiver.effects,
    close: () => Promise.all([receiver.close(), list.close()]),
  }
}

/** The standalone, with a proxy on every way in and out. */
export const openEmbeddedWorld = async (): Promise<World> => {
  const system = await openTestSystem()
  const { simulator } = system
  const links = new Map<string, TcpProxy>()
  const trouble = createTrouble(system)
  const addresses: Record<string, string> = {}
  for (const name of SYSTEMS) {
    const link = await startTcpProxy(new URL(simulator.url).host)
    links.set(`standalone > ${name}'s system`, link)
    addresses[name] = link.host
  }
  const portal = await openPortal()
  links.set('standalone > portal', portal.link)
  const named = nameSystems(addresses)
  const proxy = await startForwardProxy(named.hosts)
  const env = { ...trouble.env, ...named.env, ...portal.env, HTTP_PROXY: proxy.url }
  const { died, ending, started } = createObituaries()
  let standalone = await system.start(env)
  const { url } = standalone
  started('standalone', standalone.ended)
  const front = await startTcpProxy(new URL(url).host)
  links.set('client > standalone', front)
  return {
    simulator,
    client: createClient({ timeoutMs: CLIENT_TIMEOUT_MS }),
    downstreams: {
      integrations: [...SYSTEMS, 'portal'],
      effects: () => [...simulatedBy(simulator).effects(), ...portal.effects],
    },
    url,
    clientUrl: `http://${front.host}`,
    processes: ['standalone'],
    stop: (process, signal) => {
      ending(process)
      return standalone.stop(signal)
    },
    start: async (process) => {
      standalone = await system.start({ ...env, PORT: new URL(url).port })
      started(process, standalone.ended)
    },
    pidOf: () => standalone.pid,
    trouble: (_, what) => whereItRuns(trouble.make(standalone.pid, what)),
    ignoreOutput: () => standalone.ignoreOutput(),
    diskFails: new Map([
      [
        'standalone',
        async () => {
          ending('standalone')
          await trouble.failFlush(standalone.pid, 0)
          return standalone.ended
        },
      ],
    ]),
    links,
    proxy,
    emulators: new Map(),
    died,
    close: async () => {
      ending('standalone')
      await system.close()
      await Promise.all([...links.values()].map((link) => link.close()))
      await proxy.close()
      await portal.close()
    },
  }
}
