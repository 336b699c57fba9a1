import { HOW_TO_GET } from '../how-to-get.ts'
import { askKeeper } from '../keeper/ask-keeper.ts'
import type { Started } from '../keeper/keeper.ts'
import { startProcessGroup, withFreePorts } from '../keeper/process-group.ts'
import { freePort } from '../network/free-port.ts'
import { motoPython } from './fetch/moto-venv.ts'
import type { MotoHosts } from './hosts.ts'

const READY_WITHIN_MS = 60_000
const ACCOUNT = '123456789012'
const REGION = 'sa-east-1'

const answers = async (endpoint: string): Promise<boolean> => {
  try {
    const answer = await fetch(`${endpoint}/moto-api/`, { signal: AbortSignal.timeout(2_000) })
    await answer.arrayBuffer()
    return answer.ok
  } catch {
    return false
  }
}

/** Starts a moto of one's own, on a free port unless one is given; `env` switches its options on (IAM, for example). */
export const startMoto = (
  env: Readonly<Record<string, string>> = {},
  fixedPort?: number,
): Promise<Started<MotoHosts>> =>
  withFreePorts(async () => {
    const python = await motoPython()
    const port = fixedPort ?? (await freePort())
    const endpoint = `http://127.0.0.1:${port}`
    const { stop } = await startProcessGroup(
      [python, '-m', 'moto.server', '-H', '127.0.0.1', '-p', `${port}`],
      {
        env: { ...process.env, ...env },
        isReady: () => answers(endpoint),
        readyWithinMs: READY_WITHIN_MS,
        hint: `To get moto, ${HOW_TO_GET.moto}.`,
      },
    )
    const hosts = {
      endpoint,
      region: REGION,
      accountId: ACCOUNT,
      accessKeyId: 'AKIAOFMOTO',
      secretAccessKey: 's3cret-of-moto',
    }
    return { hosts, stop }
  })

/** The SNS and SQS of this test run, started when the first test file asks. Take topics and queues of your own. */
export const useMoto = (): Promise<MotoHosts> => askKeeper('moto')
