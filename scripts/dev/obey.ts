import type { LocalCloud } from '@mensageria/local-cloud'
import { HELP } from './help.ts'

export type Commands = {
  cloud: LocalCloud
  /** Saves the data; undefined where there is no folder for it. */
  save: (() => Promise<void>) | undefined
  say: (text: string) => void
}

/** Does what somebody typed while `npm run dev` runs. */
export const obey = async ({ cloud, save, say }: Commands, command: string): Promise<void> => {
  const [verb = '', service = ''] = command.trim().split(/\s+/)
  if (verb === '') return
  if (verb === 'help') return say(HELP)
  if (verb === 'save') return save ? save() : say('There is no folder to save to: start with --data DIR')
  if (!['restart', 'kill', 'start'].includes(verb)) return say('Say restart, kill, start, save or help')
  if (!cloud.services.includes(service))
    return say(`Say restart, kill or start, and one of ${cloud.services.join(', ')}`)
  const isRunning = cloud.pidOf(service) !== 0
  if (verb === 'start' && isRunning) return say(`${service} is running already`)
  if (verb === 'kill' && !isRunning) return say(`${service} is not running`)
  if (verb === 'restart' || verb === 'kill')
    await cloud.stop(service, verb === 'kill' ? 'SIGKILL' : 'SIGTERM')
  if (verb === 'restart' || verb === 'start') await cloud.start(service)
  say(`${verb} ${service}: done`)
}
