import { EngineError, toEngineError } from './engine-error.ts'

const sqlite = (errcode: number) => Object.assign(new Error('sqlite says'), { errcode })
const system = (code: string) => Object.assign(new Error('the system says'), { code })
const sentenceOf = (error: unknown): string => {
  const explained = toEngineError(error, '/data/mensageria.db')
  return explained instanceof EngineError ? explained.message : 'as it was'
}

test.each([
  ['busy', 5, 'is locked by another program'],
  ['locked', 6, 'is locked by another program'],
  ['read-only', 8, 'cannot be written'],
  ['an I/O error', 10, 'check the disk'],
  ['an I/O error while it flushes (extended code)', 1034, 'check the disk'],
  ['corrupt', 11, 'is damaged: restore it from a backup'],
  ['full', 13, 'is full: free some space'],
  ['cannot open', 14, 'cannot be opened'],
  ['read-only, extended code', 264, 'cannot be written'],
  ['not a database', 26, 'is no database: restore it from a backup'],
])("SQLite's %s (%d) says what to do", (_name, errcode, words) => {
  expect(sentenceOf(sqlite(errcode))).toContain('/data/mensageria.db')
  expect(sentenceOf(sqlite(errcode))).toContain(words)
})

test.each(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOSPC'])('%s says what to do', (code) => {
  expect(sentenceOf(system(code))).toContain('/data/mensageria.db')
})

test('the cause stays with the sentence', () => {
  const cause = sqlite(13)
  expect(toEngineError(cause, 'x')).toMatchObject({ name: 'EngineError', cause })
})

test.each([new Error('a bug'), sqlite(19), system('ECONNRESET'), 'text', null, undefined])(
  'what is not about the files comes back as it is: %p',
  (error) => {
    expect(toEngineError(error, 'x')).toBe(error)
  },
)
