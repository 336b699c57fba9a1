import type { Server } from 'node:http'
import { endWithProblem } from './raw-problem.ts'
import { answerProblem } from './function-answer.ts'

/**
 * Answers what Node itself would end without a word: a CONNECT, which makes a tunnel of us, and an expectation that we do
 * not know. An Upgrade needs nothing: Node hands on the request as it would be without, which HTTP allows.
 */
export const answerUnusual = (server: Server): void => {
  server.on('connect', (_request, socket) => {
    socket.on('error', () => socket.destroy())
    endWithProblem(socket, 'method-not-allowed', { allow: 'GET, HEAD, POST, PUT' })
  })
  server.on('checkExpectation', (_request, response) => {
    // Its body stays unread: what comes after it would be taken for a request.
    answerProblem(response, 'expectation-failed', 'Only 100-continue can be expected', {
      connection: 'close',
    })
  })
}
