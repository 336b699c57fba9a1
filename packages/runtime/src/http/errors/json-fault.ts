/** No JSON that we read is nested deeper; our deepest, a push envelope, has 3. */
export const DEPTH_MAX = 8

const isPoisoned = (value: object): boolean =>
  Object.hasOwn(value, '__proto__') ||
  (Object.hasOwn(value, 'constructor') &&
    typeof Reflect.get(value, 'constructor') === 'object' &&
    Object.hasOwn(Object(Reflect.get(value, 'constructor')), 'prototype'))

/** Why a parsed JSON value must not be used: nested too deep, or made to change prototypes; undefined where it may be. */
export const jsonFault = (value: unknown, depthMax = DEPTH_MAX): string | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  if (depthMax === 0) return `nested deeper than ${DEPTH_MAX}`
  if (isPoisoned(value)) return 'made to change a prototype'
  for (const part of Object.values(value)) {
    const fault = jsonFault(part, depthMax - 1)
    if (fault !== undefined) return fault
  }
  return undefined
}
