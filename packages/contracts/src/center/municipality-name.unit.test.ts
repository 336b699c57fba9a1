import { Registration } from './registration.ts'
import { nameKeysOf } from './municipality-name.ts'
import { municipalities, municipalityByCode, type Municipality } from './municipality.ts'
import { sentRegistration } from '../samples.ts'

const ALL = municipalities()

const { address } = Registration.shape

/** The city as it is stored, of an address whose city is written so. */
const cityOf = ({ code, state }: Municipality, city: string): string | undefined =>
  address.safeParse({ ...sentRegistration.address, city, cityCode: code, state }).data?.city

const withoutAccents = (name: string) => name.normalize('NFD').replaceAll(/\p{Mn}/gu, '')

const SPELLINGS: Readonly<Record<string, (name: string, state: string) => string>> = {
  officially: (name) => name,
  'in capitals without accents and punctuation': (name) =>
    withoutAccents(name).toUpperCase().replaceAll(/['-]/g, ' '),
  'with a typographic apostrophe, decomposed': (name) => name.replaceAll("'", '\u2019').normalize('NFD'),
  'in small letters with an acute accent for an apostrophe, and a no-break space': (name) =>
    ` ${name.replaceAll("'", '\u00b4').toLowerCase()}\u00a0`,
  'with hyphens': (name) => name.replaceAll(/[ ']/g, '-'),
  'with "do" for an apostrophe, and its state': (name, state) =>
    `${name.replaceAll(/\bd'/gi, 'do ')} - ${state}`,
  'with s for z, i for y, and its state in brackets': (name, state) =>
    `${name.replaceAll('z', 's').replaceAll('y', 'i')} (${state.toLowerCase()})`,
}

test.each(Object.keys(SPELLINGS))(
  'c10: every municipality that is written %s is known, and stored with its official name',
  (spelling) => {
    const spell = SPELLINGS[spelling] ?? String
    const wrong = ALL.filter((one) => cityOf(one, spell(one.name, one.state)) !== one.name)
    expect(wrong.map(({ name }) => name)).toEqual([])
    expect(ALL).toHaveLength(5571)
  },
)

test('c10: no municipality goes by a name of another one of its state', () => {
  const owners = new Map<string, string>()
  const shared: string[] = []
  for (const one of ALL) {
    for (const key of nameKeysOf(one)) {
      const place = `${one.state} ${key}`
      if (owners.has(place)) shared.push(`${owners.get(place)} and ${one.name}, ${one.state}`)
      owners.set(place, one.name)
    }
  }
  expect(shared).toEqual([])
  expect(owners.size).toBeGreaterThan(ALL.length)
})

test.each([
  ['3545803', 'Santa Bárbara d\u2019Oeste'],
  ['3545803', 'SANTA BARBARA D OESTE'],
  ['3545803', 'Sta. Bárbara do Oeste'],
  ['3162500', 'São João Del-Rei'],
  ['3515004', 'Embu'],
  ['2401305', 'Augusto Severo'],
  ['3303807', 'Parati'],
  ['2401206', 'Arês'],
  ['2400208', 'Açu'],
  ['3550308', 'S. Paulo'],
])('c10: %s is also called %s', (code, name) => {
  const found = municipalityByCode(code)
  if (!found) throw new Error(`No municipality ${code}`)
  expect(cityOf(found, name)).toBe(found.name)
})

test('c10: another name is refused, and the answer has the official one', () => {
  const found = municipalityByCode('3509205')
  const sent = { ...sentRegistration, address: { ...sentRegistration.address, city: 'Campinas' } }
  expect(found?.name).toBe('Cajamar')
  expect(Registration.safeParse(sent).error?.issues).toMatchObject([
    { path: ['address', 'city'], message: 'The code 3509205 is Cajamar, SP' },
  ])
})
