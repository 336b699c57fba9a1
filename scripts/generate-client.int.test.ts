import { readFileSync } from 'node:fs'
import { apiTypes, TYPES_FILE } from './client/api-types.ts'

test('the types of the client are those of the API: where this fails, npm run client:generate and look at the difference', async () => {
  expect(readFileSync(TYPES_FILE, 'utf8')).toBe(await apiTypes())
})
