import { fold, municipalities } from '@mensageria/contracts'

/** A municipality, with its name as it is searched. */
export type City = { code: string; name: string; state: string; key: string }

let cities: City[] | undefined

// The table is large: a module that needs it imports this one then, and not at the start of the page.
const all = (): City[] => (cities ??= municipalities().map((city) => ({ ...city, key: fold(city.name) })))

/** Those whose name begins with the text, whatever its case and accents; where one has exactly this name, it comes first. */
export const citiesLike = (text: string, limit: number): City[] => {
  const key = fold(text)
  if (key === '') return []
  const found = all().filter((city) => city.key.startsWith(key))
  return [...found.filter((city) => city.key === key), ...found.filter((city) => city.key !== key)].slice(
    0,
    limit,
  )
}

/** The municipality of an IBGE code. */
export const cityOf = (code: string): City | undefined => all().find((city) => city.code === code)
