// Writes the types of packages/client anew from the API as it is.
import { writeFileSync } from 'node:fs'
import { apiTypes, TYPES_FILE } from './client/api-types.ts'

writeFileSync(TYPES_FILE, await apiTypes())
