import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testCertificate } from '@mensageria/testkit/certificate'
import { loadTlsFiles, readTlsFiles } from './tls-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'tls-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const CERT = file('cert.pem', testCertificate.cert)
const KEY = file('key.pem', testCertificate.key)
const OTHER_KEY = file(
  'other.pem',
  generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString(),
)

test('no variable is no file', () => {
  expect(loadTlsFiles('lake', {})).toEqual({})
  expect(readTlsFiles({})).toEqual({})
})

test('authority, certificate and key are read from their files', () => {
  const files = loadTlsFiles('data-lake', {
    DATA_LAKE_CA_FILE: CERT,
    DATA_LAKE_CERT_FILE: CERT,
    DATA_LAKE_KEY_FILE: KEY,
  })
  const { cert, key } = testCertificate
  expect(readTlsFiles(files)).toEqual({ ca: cert, cert, key })
})

test('a certificate that was renewed is what is read next', () => {
  const ca = file('renewed.pem', testCertificate.cert)
  const files = loadTlsFiles('lake', { LAKE_CA_FILE: ca })
  writeFileSync(ca, `${testCertificate.cert}${testCertificate.cert}`)
  expect(readTlsFiles(files).ca).toBe(`${testCertificate.cert}${testCertificate.cert}`)
})

test.each([
  [{ LAKE_CA_FILE: join(folder, 'nowhere') }, /^LAKE_CA_FILE names a file that cannot be read \(ENOENT\)/],
  [{ LAKE_CA_FILE: '' }, /^LAKE_CA_FILE names a file that cannot be read/],
  [{ LAKE_CA_FILE: folder }, /^LAKE_CA_FILE names a file that cannot be read \(EISDIR\)/],
  [{ LAKE_CA_FILE: KEY }, /^LAKE_CA_FILE names a file without a certificate/],
  [{ LAKE_CERT_FILE: CERT }, /^LAKE_CERT_FILE and LAKE_KEY_FILE go together/],
  [{ LAKE_KEY_FILE: KEY }, /^LAKE_CERT_FILE and LAKE_KEY_FILE go together/],
  [{ LAKE_CERT_FILE: KEY, LAKE_KEY_FILE: KEY }, /^LAKE_CERT_FILE names a file without a certificate/],
  [{ LAKE_CERT_FILE: CERT, LAKE_KEY_FILE: CERT }, /^LAKE_KEY_FILE names no key/],
  [
    { LAKE_CERT_FILE: CERT, LAKE_KEY_FILE: OTHER_KEY },
    /^LAKE_KEY_FILE names no key, .* LAKE_CERT_FILE names/,
  ],
  [
    { LAKE_CERT_FILE: CERT, LAKE_KEY_FILE: join(folder, 'x') },
    /^LAKE_KEY_FILE names a file that cannot be read/,
  ],
])('%j stops the start', (env, words) => {
  expect(() => loadTlsFiles('lake', env)).toThrow(words)
})
