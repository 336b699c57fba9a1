// What a query or a redrive is given by.
const FLAGS: Readonly<Record<string, string>> = {
  integration: '--integration',
  kind: '--kind',
  cause: '--cause',
  since: '--since',
  until: '--until',
  q: '--q',
  state: '--state',
  states: '--states',
  cityCode: '--city-code',
  pageSize: '--limit',
  centerId: '--center',
  reason: '--reason',
  ratePerSecond: '--rate',
  force: '--force',
}

/** What a person wrote that a JSON pointer of the API names: a flag, or a field of the file as `address.cityCode`. */
export const inputNameOf = (pointer: string): string => {
  const path = pointer.replace(/^\/(?:query\/|filter\/)?/, '')
  return FLAGS[path] ?? path.replaceAll('/', '.')
}
