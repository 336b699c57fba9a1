import type { Registration } from '@mensageria/contracts'

// Receita Federal: the weights run 2..9 from the right, then start again.
const checkDigit = (digits: readonly number[]): number => {
  const sum = digits.toReversed().reduce((total, digit, index) => total + digit * (2 + (index % 8)), 0)
  const rest = sum % 11
  return rest < 2 ? 0 : 11 - rest
}

/** The valid numeric CNPJ of head office number `n` (1..99999999); each `n` has its own. */
export const cnpjOf = (n: number): string => {
  const base = Array.from(`${String(n).padStart(8, '0')}0001`, Number)
  const first = checkDigit(base)
  return [...base, first, checkDigit([...base, first])].join('')
}

const CITIES = [
  { city: 'Cajamar', cityCode: '3509205', state: 'SP', postalCode: '07786000' },
  { city: 'Extrema', cityCode: '3125101', state: 'MG', postalCode: '37640000' },
  { city: 'Jaboatão dos Guararapes', cityCode: '2607901', state: 'PE', postalCode: '54325000' },
  { city: 'Itajaí', cityCode: '4208203', state: 'SC', postalCode: '88301000' },
  { city: 'Betim', cityCode: '3106705', state: 'MG', postalCode: '32600000' },
  { city: 'Feira de Santana', cityCode: '2910800', state: 'BA', postalCode: '44001000' },
] as const

/** A valid registration, different for each `n`; six cities take turns, so that centers share them. */
export const sampleRegistration = (n: number): Registration => {
  const place = CITIES[n % CITIES.length] ?? CITIES[0]
  return {
    name: `CD ${place.city} ${n}`,
    code: `CD-${place.state}-${n}`,
    taxId: cnpjOf(n),
    address: { street: 'Rodovia Anhanguera', number: `km ${n}`, district: 'Distrito Industrial', ...place },
    location: { latitude: -23.355, longitude: -46.876 },
    contact: { name: 'Ana Souza', email: `ana.${n}@example.com`, phone: '+551133334444' },
  }
}
