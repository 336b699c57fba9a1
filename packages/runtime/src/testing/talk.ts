import { connect } from 'node:net'
import { text } from 'node:stream/consumers'

/** Sends bytes to a port of this machine and resolves with all that comes back until the other side hangs up. */
export const talk = async (port: number, ...parts: string[]): Promise<string> => {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  for (const part of parts) socket.write(part)
  return text(socket)
}

/** An HTTP response as it came over the wire. */
export const parseResponse = (raw: string): { status: number; type: string; body: unknown } => {
  const [head = '', body = ''] = raw.split('\r\n\r\n', 2)
  const [, status = ''] = /^HTTP\/1\.1 (\d{3}) /.exec(head) ?? []
  const [, type = ''] = /^content-type: (.*)$/im.exec(head) ?? []
  return { status: Number(status), type, body: JSON.parse(body) }
}
