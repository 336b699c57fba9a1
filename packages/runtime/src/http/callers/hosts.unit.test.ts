import { networkInterfaces } from 'node:os'
import { AllowedHosts } from './allowed-hosts.ts'
import { asksForUs } from './decide-host.ts'
import { addressOf, parseHost } from './host-name.ts'
import { isFromOtherSite } from './other-sites.ts'
import { authorityOf, pathOfTarget } from './request-target.ts'
import { TrustedProxies } from './trusted-proxies.ts'

const allowed = AllowedHosts.parse('Mensageria.Example.com, console.lan:8443,[2001:db8::7]')
const asks = (names: string[], probe = false) => asksForUs({ names, allowed, reached: '10.1.2.3', probe })
const own = Object.values(networkInterfaces())
  .flatMap((all) => all ?? [])
  .map(({ address, family }) => (family === 'IPv6' ? `[${addressOf(address)}]` : address))

test.each([
  'localhost',
  'LOCALHOST:8080',
  'localhost.',
  'localhost.:8080',
  '127.0.0.1',
  '127.0.0.1:8080',
  '127.1.2.3',
  '[::1]',
  '[::1]:8080',
  '[0:0:0:0:0:0:0:1]:8080',
  '[::ffff:127.0.0.1]',
  '0.0.0.0:8080',
  '10.1.2.3:8080',
  'mensageria.example.com',
  'MENSAGERIA.EXAMPLE.COM.:443',
  'console.lan:8443',
  '[2001:DB8:0::7]:8080',
  ...own,
])('c23: the name %s is ours', (host) => {
  expect(asks([host])).toBe(true)
})

test.each([
  'evil.example',
  'evil.example:8080',
  '127.0.0.1.evil.example',
  '127.0.0.1.nip.io',
  'localhost.evil.example',
  'notlocalhost',
  'localhost..',
  'mensageria.example.com.evil.example',
  'sub.mensageria.example.com',
  'console.lan',
  'console.lan:8080',
  '203.0.113.9',
  '0x7f.0.0.1',
  '2130706433',
  '127.1',
  '[::2]',
  '[::1',
  '::1',
  '[::1]evil.example',
  'localhost:80:80',
  'localhost:99999999',
  'localhost/',
  'user@localhost',
  'localhost evil.example',
  'localhost, evil.example',
  '.',
  '',
])('c23: the name %j is not', (host) => {
  expect(asks([host])).toBe(false)
})

test('c23: every name must be ours, and none at all says nothing', () => {
  expect(asks(['localhost', 'evil.example'])).toBe(false)
  expect(asks(['evil.example', 'localhost'])).toBe(false)
  expect(asks([])).toBe(true)
})

test('c23: a probe asks by any address, and by no other name', () => {
  expect(asks(['203.0.113.9:8080'], true)).toBe(true)
  expect(asks(['[2001:db8::99]'], true)).toBe(true)
  expect(asks(['evil.example'], true)).toBe(false)
})

test.each(['*', 'https://a.example', 'a b', 'a.example/path', '', ',', 'a.example,', '[::1'])(
  'c23: ALLOWED_HOSTS=%j is refused',
  (text) => {
    expect(AllowedHosts.safeParse(text).success).toBe(false)
  },
)

test.each([
  ['/v1/x?q=1', undefined, '/v1/x?q=1'],
  ['http://a.example:80/v1/x?q=1', 'a.example:80', '/v1/x?q=1'],
  ['HTTPS://A.example', 'A.example', '/'],
  ['http://a.example?q=1', 'a.example', '/?q=1'],
  ['http:///v1/x', '', '/v1/x'],
  ['//a.example/x', undefined, '//a.example/x'],
  ['*', undefined, '*'],
])('c23: the address %s has the authority %s and the path %s', (target, authority, path) => {
  expect([authorityOf(target), pathOfTarget(target)]).toEqual([authority, path])
})

type Headers = Record<string, string>
test.each<[boolean, string, Headers]>([
  [false, 'POST', {}],
  [false, 'POST', { 'sec-fetch-site': 'same-origin' }],
  [false, 'POST', { 'sec-fetch-site': 'none' }],
  [true, 'POST', { 'sec-fetch-site': 'same-site' }],
  [true, 'POST', { 'sec-fetch-site': 'cross-site' }],
  [true, 'POST', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }],
  [true, 'PUT', { 'sec-fetch-site': 'Same-Origin, cross-site' }],
  [false, 'GET', { 'sec-fetch-site': 'cross-site' }],
  [false, 'GET', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }],
  [true, 'GET', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }],
  [true, 'GET', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }],
  [true, 'GET', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'websocket' }],
  [false, 'POST', { origin: 'http://localhost:8080' }],
  [false, 'POST', { origin: 'https://console.lan:8443' }],
  [true, 'POST', { origin: 'http://localhost:3000' }],
  [true, 'POST', { origin: 'http://evil.example' }],
  [true, 'POST', { origin: 'null' }],
  [true, 'GET', { origin: 'http://evil.example', upgrade: 'websocket' }],
])('defect 25: from another site %s: %s with %j', (expected, method, headers) => {
  expect(isFromOtherSite({ method, headers: { host: 'localhost:8080', ...headers }, allowed })).toBe(expected)
})

test.each(['10.0.0.0/8', '127.0.0.1,::1', '2001:db8::/32', '169.254.0.0/16'])(
  'c09: TRUSTED_PROXIES=%s',
  (text) => {
    expect(TrustedProxies.parse(text)).toEqual(text.split(','))
  },
)

test.each([
  '1',
  'true',
  '*',
  '0.0.0.0/0',
  '::/0',
  '10.0.0.0/33',
  '10.0.0.0/8/8',
  'proxy.lan',
  '10.0.0.1,',
  '',
])('c09: TRUSTED_PROXIES=%j is refused', (text) => {
  expect(TrustedProxies.safeParse(text).success).toBe(false)
})

test('an address has one way to write it', () => {
  expect(['::FFFF:10.0.0.1', '0:0::1', '10.0.0.1', 'fe80::1%eth0'].map(addressOf)).toEqual([
    '10.0.0.1',
    '::1',
    '10.0.0.1',
    'fe80::1',
  ])
  expect(parseHost('[FE80::1]:80')).toEqual({ name: 'fe80::1', port: '80' })
})
