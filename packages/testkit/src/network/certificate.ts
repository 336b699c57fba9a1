import { createPrivateKey } from 'node:crypto'

// A key of no value, for 127.0.0.1 and until 2126; signed by itself, so that nobody trusts it unless told to.
const KEY = {
  kty: 'EC',
  x: 'OuvI2Vy7BlpIBdaQ85OnF0N8Z619pETJXWHLISoBIoY',
  y: 'O0x4xwD8bvcL2M5vRUFkr1Kabc9X4UabJKqF6YW7Jo0',
  crv: 'P-256',
  d: 'pP9KFYPxeN-6UBmEjih31SAbxn4o8_kMDQTvjjfTBtY',
}
const CERTIFICATE = [
  'MIIBljCCATygAwIBAgIUaZEgNa2vvx87h5BthR5sal7K4HIwCgYIKoZIzj0EAwIwFzEVMBMGA1UEAwwMdGVzdC5pbnZhbGlkMCAX',
  'DTI2MTEyNDExNTEwNVoYDzIxMjYxMDMxMTE1MTA1WjAXMRUwEwYDVQQDDAx0ZXN0LmludmFsaWQwWTATBgcqhkjOPQIBBggqhkjO',
  'PQMBBwNCAAQ668jZXLsGWkgF1pDzk6cXQ3xnrX2kRMldYcshKgEihjtMeMcA/G73C9jOb0VBZK9Smm3PV+FGmySqhemFuyaNo2Qw',
  'YjAdBgNVHQ4EFgQUG/tQwZ2diXyXv3RaSBaUcNaGecwwHwYDVR0jBBgwFoAUG/tQwZ2diXyXv3RaSBaUcNaGecwwDwYDVR0TAQH/',
  'BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0gAMEUCIQCZ6P30vhBozOFq3Zcwczok3QJjV/ya8a/z/k5cVzdO',
  'RwIgQt0tF5fXpXD8VE2Dan9dho147QO2eUGYn1COFe5nM1k=',
].join('')

/**
 * A certificate for 127.0.0.1 that is its own authority, as PEM: a server, a client, and who checks them can all use it. Nobody
 * trusts it unless told to.
 */
export const testCertificate = {
  cert: `-----BEGIN CERTIFICATE-----\n${CERTIFICATE}\n-----END CERTIFICATE-----\n`,
  key: createPrivateKey({ key: KEY, format: 'jwk' }).export({ type: 'pkcs8', format: 'pem' }).toString(),
}
