import { z } from 'zod'
import { parseHost, type HostName } from './host-name.ts'

/** Names by which a service may be asked besides its own; without a port, by any port. */
export type AllowedHosts = readonly HostName[]

const toHosts = (text: string, context: z.RefinementCtx): AllowedHosts => {
  const words = text.split(',').map((word) => word.trim())
  const hosts = words.map(parseHost).filter((host) => host !== undefined)
  if (hosts.length === words.length) return hosts
  context.addIssue({
    code: 'custom',
    message: 'Must be names of hosts, separated by commas, each with or without a port',
  })
  return z.NEVER
}

/** `mensageria.example.com,10.0.0.7:8080` as a list. */
export const AllowedHosts = z.string().transform(toHosts)

/** Whether one of the names is meant. */
export const isAllowedHost = ({ name, port }: HostName, allowed: AllowedHosts): boolean =>
  allowed.some((one) => one.name === name && (one.port === '' || one.port === port))
