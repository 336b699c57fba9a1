import { DEAD_LETTER_ATTRIBUTES, type DistributionCenter } from '@mensageria/contracts'
import { useEmulators } from '@mensageria/testkit/emulators'
import { waitFor } from '@mensageria/testkit/wait-for'
import { openCloudSystem } from '../support/cloud-system.ts'
import { messageOf, pushTo } from '../support/crafted-push.ts'
import { openOwnList } from '../support/own-list.ts'
import { deliveriesOf, openTestSystem } from '../support/system.ts'
import type { OpenDestinationsSystem } from './destinations-away.ts'

/** The standalone on the embedded engine. */
export const openEmbeddedDestinations: OpenDestinationsSystem = async (rows, env) => {
  const list = await openOwnList(rows)
  const system = await openTestSystem()
  const standalone = await system.start({ ...env, ...list.env })
  return {
    simulator: system.simulator,
    client: system.client,
    url: standalone.url,
    // Its broker keeps to its plan: five attempts within a second.
    giveUp: async () => {},
    close: async () => {
      await system.close()
      await list.close()
    },
  }
}

/** Every service as its own process, on the official emulators. */
export const openCloudDestinations: OpenDestinationsSystem = async (rows, env) => {
  const list = await openOwnList(rows)
  const system = await openCloudSystem(await useEmulators(), { env: { ...env, ...list.env } })
  const { cloud, url } = system
  const isOpen = async (destination: string, { id, version }: DistributionCenter) => {
    const row = (await deliveriesOf(url, id))[destination]
    return row === undefined || row.version < version || row.parkedAt === undefined
  }
  return {
    simulator: system.simulator,
    client: system.client,
    url,
    // The emulator pauses a subscription that nacks, for minutes at times (docs/lessons.md): these pushes are ours as well.
    giveUp: async (destination, centers) => {
      const attributes = { [DEAD_LETTER_ATTRIBUTES.subscription]: destination }
      const bring = async (center: DistributionCenter) => {
        if (!(await isOpen(destination, center))) return false
        await pushTo(cloud.urlOf(destination), messageOf(center))
        await pushTo(cloud.urlOf('dead-letter'), messageOf(center, attributes))
        return true
      }
      await waitFor(
        `every dead letter of ${destination} parked`,
        () => Promise.all(centers.map((center) => bring(center))),
        { until: (open) => !open.includes(true) },
      )
    },
    close: async () => {
      await system.close()
      await list.close()
    },
  }
}
