import { METHODS } from 'node:http'
import { connect } from 'node:net'
import { ODD_REQUESTS, type Written } from './odd-requests.ts'

/** Every method that Node reads, but CONNECT, which has no path. */
export const ALL_METHODS: readonly string[] = METHODS.filter((method) => method !== 'CONNECT')

/** The first answer that came over the wire; `ended`: the other side hung up, and did not leave us waiting. */
export type RawAnswer = { status: number; type: string; allow: string | undefined; ended: boolean }

const WAIT_MS = 20_000

const headerOf = (headers: string, name: string): string | undefined =>
  new RegExp(`^${name}: (.*)$`, 'im').exec(headers)?.[1]?.trim()

const parse = (received: string, ended: boolean): RawAnswer => {
  // An interim answer is none.
  const final = received.replace(/^(?:HTTP\/1\.1 1\d\d [^\r]*\r\n(?:[^\r]+\r\n)*\r\n)+/, '')
  const [headers = ''] = final.split('\r\n\r\n', 1)
  const [, status = '0'] = /^HTTP\/1\.1 (\d{3}) /.exec(headers) ?? []
  return {
    status: Number(status),
    type: headerOf(headers, 'content-type') ?? '',
    allow: headerOf(headers, 'allow'),
    ended,
  }
}

/** Sends bytes to a port of this machine, and resolves when the other side hangs up, or has not for 20 s. */
export const askRaw = async (port: number, bytes: string): Promise<RawAnswer> => {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect(port, '127.0.0.1')
  let received = ''
  const timer = setTimeout(() => resolve(false), WAIT_MS)
  socket.setEncoding('latin1')
  socket.on('data', (part: string) => (received += part))
  socket.on('error', () => undefined)
  socket.once('close', () => resolve(true))
  socket.write(bytes, 'latin1')
  const ended = await promise
  clearTimeout(timer)
  socket.destroy()
  return parse(received, ended)
}

/** What is wrong with the answer to an odd request; undefined where nothing is. */
export const faultOf = (
  { status, type, ended }: RawAnswer,
  statuses?: readonly number[],
): string | undefined => {
  if (!ended) return 'was left hanging'
  if (status === 0) return 'got no answer'
  if (statuses ? !statuses.includes(status) : status >= 500) return `got ${status}`
  return status >= 400 && type !== 'application/problem+json' ? `got ${status} as ${type}` : undefined
}

/** Sends every odd request to one path; resolves with what went wrong, each with its name. */
export const askOddly = async (port: number, to: Written): Promise<string[]> => {
  const faults: string[] = []
  for (const { name, write, statuses } of ODD_REQUESTS) {
    const fault = faultOf(await askRaw(port, write(to)), statuses)
    if (fault !== undefined) faults.push(`${to.method} ${to.path}: ${name} ${fault}`)
  }
  return faults
}
