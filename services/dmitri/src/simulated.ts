import { municipalityByCode } from '@mensageria/contracts'
import { z } from 'zod'
import {
  invalidBody,
  refusal,
  refusedBy,
  state,
  text,
  type HttpResult,
  type Call,
  type System,
} from '@mensageria/simulator/system'

const CityBody = z.strictObject({ name: text, state })

type City = { cityCode: string } & z.output<typeof CityBody>
type Cities = Map<string, City>

const upsertCity = (cities: Cities, { id: cityCode, body, dials }: Call): HttpResult => {
  const parsed = CityBody.safeParse(body)
  if (!parsed.success) return invalidBody(422, parsed.error)
  const problem = refusedBy(dials, { 'city-code': cityCode })
  if (problem) return problem
  if (!municipalityByCode(cityCode)) return refusal(404, 'unknown-city-code', 'There is no such municipality')
  const status = cities.has(cityCode) ? 200 : 201
  cities.set(cityCode, { cityCode, ...parsed.data })
  return { status, body: { cityCode }, effect: { operation: 'upsert', subject: cityCode } }
}

/** Dmitri: cities by their IBGE code, which many centers may share. */
export const createSystem = (): System => {
  const cities: Cities = new Map()
  return {
    routes: [{ method: 'PUT', url: '/cities/:id', handle: (call) => upsertCity(cities, call) }],
    records: () => [...cities.values()],
    clear: () => cities.clear(),
  }
}
