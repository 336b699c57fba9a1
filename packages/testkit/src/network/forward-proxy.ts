import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'

/** What a forward proxy does with all that it is asked for: passes it on, says no with a status, says nothing, or hangs up. */
export type ProxyMode = 'open' | 'hang' | 'reset' | { status: number }

/** A forward proxy as companies have it: the only way to hosts whose names it alone knows. */
export type ForwardProxy = {
  url: string
  /** Every host with its port that it was asked for. */
  asked: readonly string[]
  become(mode: ProxyMode): void
  close(): Promise<void>
}

const pipeBoth = (front: Duplex, back: Duplex) => {
  front.pipe(back).pipe(front)
  for (const [one, other] of [
    [front, back],
    [back, front],
  ] as const) {
    one.on('error', () => other.destroy()).on('close', () => other.destroy())
  }
}

/** Starts a proxy that knows these hosts (`name:port` to the address on this machine) and no others, with CONNECT and without. */
export const startForwardProxy = async (hosts: Readonly<Record<string, string>>): Promise<ForwardProxy> => {
  const asked: string[] = []
  let mode: ProxyMode = 'open'
  // Whether it answered by itself: it passes on what it is asked for only where it is open and knows the host.
  const refusal = (host: string): number | undefined => {
    asked.push(host)
    if (typeof mode === 'object') return mode.status
    return hosts[host] === undefined ? 502 : undefined
  }
  const isSilent = (socket: Duplex): boolean => {
    if (mode === 'reset') socket.destroy()
    return mode === 'reset' || mode === 'hang'
  }

  const onRequest = (incoming: IncomingMessage, response: ServerResponse) => {
    if (isSilent(incoming.socket)) return
    const { host, pathname, search } = new URL(incoming.url ?? '', 'http://nothing.invalid')
    const status = refusal(host.includes(':') ? host : `${host}:80`)
    if (status !== undefined) {
      response.writeHead(status).end('<h1>Proxy</h1>')
      return
    }
    const { method, headers } = incoming
    const onward = request(`http://${hosts[host] ?? hosts[`${host}:80`]}${pathname}${search}`, {
      method,
      headers,
    })
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    response.on('close', () => onward.destroy())
    incoming.pipe(onward)
  }
  const onConnect = ({ url = '' }: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => undefined)
    if (isSilent(socket)) return
    const status = refusal(url)
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`)
      return
    }
    const [host = '', port = ''] = (hosts[url] ?? '').split(':')
    const back = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      if (head.length > 0) back.write(head)
      pipeBoth(socket, back)
    })
    back.on('error', () => socket.destroy())
  }

  const sockets = new Set<Duplex>()
  const server = createServer(onRequest).on('connect', onConnect)
  server.on('connection', (socket: Duplex) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No address')
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    become: (next) => {
      mode = next
      // What it has passed on so far ends with it.
      if (next !== 'open') for (const socket of sockets) socket.destroy()
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
