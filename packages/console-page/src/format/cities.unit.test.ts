import { citiesLike, cityOf } from './cities.ts'

test('a city is found by the start of its name, whatever its case and accents; the exact one comes first', () => {
  expect(citiesLike('sao paulo', 3).map(({ name, state }) => `${name} ${state}`)[0]).toBe('São Paulo SP')
  expect(citiesLike('CAJAM', 5)).toMatchObject([{ code: '3509205', name: 'Cajamar', state: 'SP' }])
  expect(citiesLike('s', 4)).toHaveLength(4)
  expect(citiesLike('  ', 4)).toEqual([])
  expect(cityOf('3509205')?.name).toBe('Cajamar')
})
