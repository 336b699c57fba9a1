import { once } from 'node:events'
import { connect } from 'node:net'
import { createServer } from 'node:tls'
import { testCertificate } from '@mensageria/testkit/certificate'

/** Speaks TLS in front of a plain HTTP server, with `testCertificate`. */
export const startTlsFront = async (target: string): Promise<{ url: string; close(): Promise<void> }> => {
  const { hostname, port } = new URL(target)
  const server = createServer(testCertificate, (front) => {
    const back = connect(Number(port), hostname)
    front.pipe(back).pipe(front)
    // Either end takes the other with it.
    front.on('error', () => back.destroy()).on('close', () => back.destroy())
    back.on('error', () => front.destroy()).on('close', () => front.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('No address')
  return {
    url: `https://127.0.0.1:${address.port}`,
    close: async () => {
      server.close()
      await once(server, 'close')
    },
  }
}
