// Jest does not use Node's own type stripping: this transformer does, with exact lines and no source maps.
import { createHash } from 'node:crypto'
import { stripTypeScriptTypes } from 'node:module'

const base = createHash('sha256').update(process.version)

export default {
  getCacheKey: (source, path) => base.copy().update(path).update(source).digest('hex'),
  process: (source) => ({ code: stripTypeScriptTypes(source, { mode: 'strip' }) }),
}
