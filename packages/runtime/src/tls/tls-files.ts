import { createSecureContext } from 'node:tls'
import { defined, variablesOf } from '@mensageria/contracts'
import { ConfigError, readPlainFile } from '../base/config.ts'
import { errorCode } from '../base/is-error.ts'
import type { Env } from '../base/env.ts'

/** Paths of PEM files: the authority that the other side's certificate is checked against, and our own certificate with its key. */
export type TlsFiles = { ca?: string; own?: { cert: string; key: string } }

/** What is in them, as `node:tls` takes it. */
export type TlsMaterial = { ca?: string; cert?: string; key?: string }

/** Reads the files as they are now: a certificate that was renewed is taken with the next connection. Throws as `node:fs` does. */
export const readTlsFiles = ({ ca, own }: TlsFiles): TlsMaterial => ({
  ...(ca === undefined ? {} : { ca: readPlainFile(ca) }),
  ...(own && { cert: readPlainFile(own.cert), key: readPlainFile(own.key) }),
})

const PEM = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/

const read = (variable: string, path: string): string => {
  try {
    return readPlainFile(path)
  } catch (cause) {
    const code = errorCode(cause) ?? 'no code'
    const words = `${variable} names a file that cannot be read (${code}): give the path of a PEM file`
    throw new ConfigError(words, { cause })
  }
}

const requirePem = (variable: string, path: string): void => {
  if (!PEM.test(read(variable, path)))
    throw new ConfigError(`${variable} names a file without a certificate: give the path of a PEM file`)
}

const ownOf = (name: string, env: Env): TlsFiles['own'] => {
  const { certFile, keyFile } = variablesOf(name)
  const { [certFile]: cert, [keyFile]: key } = env
  if (cert === undefined && key === undefined) return undefined
  if (!cert || !key)
    throw new ConfigError(
      `${certFile} and ${keyFile} go together: our certificate, and the key that it belongs to`,
    )
  requirePem(certFile, cert)
  const material = { cert: read(certFile, cert), key: read(keyFile, key) }
  try {
    createSecureContext(material)
  } catch {
    // OpenSSL's own words say nothing to who set the variable.
    throw new ConfigError(
      `${keyFile} names no key, without a passphrase, of the certificate that ${certFile} names`,
    )
  }
  return { cert, key }
}

/** NAME_CA_FILE, NAME_CERT_FILE and NAME_KEY_FILE, where they are set. Throws `ConfigError` where a file is missing or no PEM. */
export const loadTlsFiles = (name: string, env: Env): TlsFiles => {
  const { caFile } = variablesOf(name)
  const ca = env[caFile]
  if (ca !== undefined) requirePem(caFile, ca)
  return defined({ ca, own: ownOf(name, env) })
}
