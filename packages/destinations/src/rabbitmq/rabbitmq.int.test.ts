import { useRabbitmq } from '@mensageria/testkit/brokers'
import { describeDestination } from '@mensageria/testkit/destination-suite'
import { needs } from '@mensageria/testkit/needs'
import { startTcpProxy } from '@mensageria/testkit/tcp-proxy'
import { openDestination } from '../testing/open-destination.ts'
import { makeRabbitmqTarget } from '../testing/rabbitmq-target.ts'

const { describe } = needs('rabbitmq')

describe('an exchange', () => {
  describeDestination({
    kind: 'rabbitmq',
    open: openDestination,
    startProxy: async () => {
      const { host, port } = await useRabbitmq()
      return startTcpProxy(`${host}:${port}`)
    },
    makeTarget: makeRabbitmqTarget,
    expected: {
      refused: { kind: 'misconfigured', cause: 'access-refused' },
      missing: { kind: 'misconfigured', cause: 'exchange-not-found' },
      tooLarge: { kind: 'rejected', cause: 'rejected:message-too-large' },
    },
  })
})
