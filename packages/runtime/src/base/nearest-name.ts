import leven from 'leven'

// In a short name one wrong letter is much: MAIL_URL is not MAPS_URL.
const SHORT = 8
const lettersOf = (name: string): string => name.split('').toSorted().join('')
const normalized = (name: string): string =>
  name
    .trim()
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')

/** Whether a name is another one with a slip of the keyboard: another case or separator, a letter or two wrong, or two swapped. */
export const isNear = (name: string, meant: string): boolean => {
  const [a, b] = [normalized(name), normalized(meant)]
  const distance = leven(a, b)
  return distance <= (b.length <= SHORT ? 1 : 2) || (distance === 2 && lettersOf(a) === lettersOf(b))
}

/** The one of some names that is nearest to a name, where any is near enough to be meant by it. */
export const nearestName = (name: string, names: readonly string[]): string | undefined => {
  const distanceTo = (other: string) => leven(normalized(name), normalized(other))
  return names.filter((other) => isNear(name, other)).toSorted((a, b) => distanceTo(a) - distanceTo(b))[0]
}
