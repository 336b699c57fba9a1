const ABSOLUTE = /^https?:\/\/([^/?#]*)(.*)$/i

/** The authority of a request's address where it is whole (`GET http://name/path`), as it may be sent to any server. */
export const authorityOf = (target: string): string | undefined => ABSOLUTE.exec(target)?.[1]

/** The address of a request from its path on; a fragment is nobody's who asks a server. */
export const pathOfTarget = (target: string): string => {
  const [, , rest] = ABSOLUTE.exec(target) ?? []
  if (rest === undefined) return target
  return rest.startsWith('/') ? rest : `/${rest}`
}
