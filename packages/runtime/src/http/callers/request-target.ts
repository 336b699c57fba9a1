import type { IncomingMessage } from 'node:http'

const ABSOLUTE = /^https?:\/\/([^/?#]*)(.*)$/i

/** The authority of a request's address where it is whole (`GET http://name/path`), as it may be sent to any server. */
export const authorityOf = (target: string): string | undefined => ABSOLUTE.exec(target)?.[1]

/** The address of a request from its path on; a fragment is nobody's who asks a server. */
export const pathOfTarget = (target: string): string => {
  const [, , rest] = ABSOLUTE.exec(target) ?? []
  if (rest === undefined) return target
  return rest.startsWith('/') ? rest : `/${rest}`
}

const HOST = /^host$/i

/** Whether a request names one host, as HTTP/1.1 asks for; Node keeps the first of several, and a proxy perhaps the last. */
export const hasOneHost = ({
  rawHeaders,
  httpVersion,
}: Pick<IncomingMessage, 'rawHeaders' | 'httpVersion'>): boolean => {
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && HOST.test(name)).length
  return hosts === 1 || (hosts === 0 && httpVersion === '1.0')
}
