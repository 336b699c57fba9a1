import type { DistributionCenter } from '@mensageria/contracts'
import { useEmulators } from '@mensageria/testkit/emulators'
import { openCloudSystem } from '../support/cloud-system.ts'
import { messageOf, pushTo, refusalOf } from '../support/crafted-push.ts'
import { createOperations } from '../support/operations.ts'
import { openTestSystem, type TestSystem } from '../support/system.ts'
import { BY_CODE, openOwnList, WITHOUT_DMITRI } from '../support/own-list.ts'
import type { LifeSystem } from './integration-life.ts'

/** A running system that a story is told to, whatever its engine; stories share it and use centers of their own. */
export type StorySystem = Pick<TestSystem, 'simulator' | 'client'> & {
  /** Where the registration API is; it stays the same. */
  url: string
  /** Where the operations API is. */
  operationsUrl: string
  /** The process that runs redrives and recovery. */
  sweeper: string
  /** Whether an integration holds a center that it is given; it delivers it where it does not. */
  isHeld(integration: string, center: DistributionCenter): Promise<boolean>
  /** Brings the messages of these centers to an integration, once more than its broker does. */
  bring(integration: string, centers: readonly DistributionCenter[]): Promise<void>
  /** The processes that may die. */
  processes: readonly string[]
  /** kill -9, and a start again. */
  crash(process: string): Promise<void>
  /** SIGTERM, and a start again; resolves with its exit code. */
  restart(process: string): Promise<number | null>
  close(): Promise<void>
}

/** The standalone on the embedded engine. */
export const openEmbeddedStories = async (): Promise<StorySystem> => {
  const system = await openTestSystem()
  let standalone = await system.start()
  const { url } = standalone
  const again = async (signal: NodeJS.Signals) => {
    const code = await standalone.stop(signal)
    standalone = await system.start({ PORT: new URL(url).port })
    return code
  }
  return {
    simulator: system.simulator,
    client: system.client,
    url,
    operationsUrl: url,
    sweeper: 'standalone',
    // One process: a pause is known everywhere at once.
    isHeld: async (integration) => (await createOperations(url).integration(integration)).health === 'paused',
    // Its broker keeps to its plan.
    bring: async () => {},
    processes: ['standalone'],
    crash: async () => void (await again('SIGKILL')),
    restart: () => again('SIGTERM'),
    close: () => system.close(),
  }
}

/** Every service as its own process, on the official emulators. */
export const openCloudStories = async (): Promise<StorySystem> => {
  const system = await openCloudSystem(await useEmulators(), { withConsole: true })
  const { simulator, client, cloud, url } = system
  const again = async (service: string, signal: NodeJS.Signals) => {
    const code = await cloud.stop(service, signal)
    await cloud.start(service)
    return code
  }
  return {
    simulator,
    client,
    url,
    operationsUrl: cloud.urlOf('console'),
    sweeper: 'sweeper',
    isHeld: async (integration, center) =>
      (await refusalOf(cloud.urlOf(integration), messageOf(center))) === 'Not acknowledged: held',
    // The emulator pauses a subscription that nacks, for minutes at times (docs/lessons.md): these pushes are ours.
    bring: async (integration, centers) => {
      await Promise.all(centers.map((center) => pushTo(cloud.urlOf(integration), messageOf(center))))
    },
    processes: cloud.services,
    crash: async (service) => void (await again(service, 'SIGKILL')),
    restart: (service) => again(service, 'SIGTERM'),
    close: () => system.close(),
  }
}

/** The standalone, started again with each list. */
export const openEmbeddedLife = async (): Promise<LifeSystem> => {
  const system = await openTestSystem()
  const list = await openOwnList(WITHOUT_DMITRI)
  let standalone = await system.start(list.env)
  const { url } = standalone
  return {
    simulator: system.simulator,
    client: system.client,
    url,
    operationsUrl: url,
    failing: ['parked'],
    deploy: async (next) => {
      await standalone.stop()
      await list.write(next)
      standalone = await system.start({ ...list.env, PORT: new URL(url).port })
    },
    close: async () => {
      await system.close()
      await list.close()
    },
  }
}

/** Every service as its own process; a deployment starts those that read the list again, one after the other. */
export const openCloudLife = async (): Promise<LifeSystem> => {
  const hosts = await useEmulators()
  // The file has every integration while the addresses are given out.
  const list = await openOwnList(BY_CODE)
  const system = await openCloudSystem(hosts, {
    withConsole: true,
    // A short sweep: a changed list settles sooner.
    env: { ...list.env, SWEEP_BUDGET: '10s' },
    without: ['dmitri'],
    beforeStart: () => list.write(WITHOUT_DMITRI),
  })
  const { cloud, projectId, url } = system
  const unsubscribe = async (name: string) => {
    const path = `v1/projects/${projectId}/subscriptions/${name}`
    const answer = await fetch(`http://${hosts.pubsub}/${path}`, { method: 'DELETE' })
    if (!answer.ok && answer.status !== 404) throw new Error(`${path} is not deleted: ${answer.status}`)
  }
  await unsubscribe('dmitri')
  return {
    simulator: system.simulator,
    client: system.client,
    url,
    operationsUrl: cloud.urlOf('console'),
    // The emulator pauses a subscription that nacks: the dead letter may be minutes away.
    failing: ['retrying', 'parked'],
    deploy: async (next) => {
      await list.write(next)
      if (Object.hasOwn(next, 'dmitri')) {
        await cloud.start('dmitri')
        await system.createTopology()
      } else {
        await unsubscribe('dmitri')
        await cloud.stop('dmitri')
      }
      for (const service of ['registration', 'sweeper', 'console', 'dead-letter']) {
        await cloud.stop(service)
        await cloud.start(service)
      }
    },
    close: async () => {
      await system.close()
      await list.close()
    },
  }
}
