import { createConnection } from 'node:net'

const WITHIN_MS = 2_000

/** Whether a server answers this greeting, and well: a port that listens says nothing about the program behind it. */
export const answersTo = (
  port: number,
  greeting: Buffer,
  isGood: (answer: Buffer) => boolean = () => true,
): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1')
    const end = (answered: boolean) => {
      socket.destroy()
      resolve(answered)
    }
    socket.setTimeout(WITHIN_MS, () => end(false))
    socket
      .on('connect', () => socket.write(greeting))
      .on('data', (answer: Buffer) => end(isGood(answer)))
      .on('error', () => end(false))
      .on('close', () => end(false))
  })
