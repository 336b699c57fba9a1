/** How a request is written down: where it goes, how, and what is in it. */
export type Written = { path: string; method: string; body: string }

/** A request that is legal and seldom, or not legal at all, and what may be answered. */
export type OddRequest = {
  name: string
  write: (to: Written) => string
  /** Statuses that would be right; any but 5xx unless given. */
  statuses?: readonly number[]
}

const HOST = 'Host: localhost\r\n'
const CLOSE = 'Connection: close\r\n'
const JSON_TYPE = 'Content-Type: application/json\r\n'
const CHUNKED = 'Transfer-Encoding: chunked\r\n'

const head = ({ method, path }: Written, headers: string, { version = '1.1', host = HOST } = {}): string =>
  `${method} ${path} HTTP/${version}\r\n${host}${CLOSE}${headers}\r\n`

const sized = (text: string): string => `${JSON_TYPE}Content-Length: ${Buffer.byteLength(text)}\r\n`
const chunk = (text: string, extension = ''): string =>
  `${Buffer.byteLength(text).toString(16)}${extension}\r\n${text}\r\n`

/** Requests that somebody sends sooner or later: browsers, proxies, scanners, old clients, and people who try. */
export const ODD_REQUESTS: readonly OddRequest[] = [
  {
    name: 'Upgrade to a WebSocket',
    write: (to) => head(to, 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n'),
  },
  {
    name: 'Upgrade to HTTP/2',
    write: (to) => head(to, 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAM\r\n'),
  },
  { name: 'the preface of HTTP/2', write: () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', statuses: [400] },
  { name: 'the beginning of TLS', write: () => '\u0016\u0003\u0001\u0002\u0000\u0001', statuses: [400] },
  {
    name: 'Expect: 100-continue',
    write: (to) => `${head(to, `Expect: 100-continue\r\n${sized(to.body)}`)}${to.body}`,
  },
  {
    name: 'Expect: 100-continue, and a body too large',
    write: (to) => head(to, `Expect: 100-continue\r\n${JSON_TYPE}Content-Length: 100000000\r\n`),
  },
  { name: 'an unknown Expect', write: (to) => head(to, 'Expect: tea\r\n'), statuses: [417] },
  {
    name: 'an unknown Expect, and a body that never comes',
    write: (to) => `${to.method} ${to.path} HTTP/1.1\r\n${HOST}Expect: tea\r\nContent-Length: 9\r\n\r\n`,
    statuses: [417],
  },
  {
    name: 'CONNECT',
    write: () => 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n',
    statuses: [405],
  },
  {
    name: 'CONNECT with bytes behind it',
    write: () => `CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n${'x'.repeat(70_000)}`,
    statuses: [405],
  },
  { name: 'OPTIONS *', write: (to) => head({ ...to, method: 'OPTIONS', path: '*' }, '') },
  {
    name: 'a whole address',
    write: (to) => head({ ...to, path: `http://localhost${to.path}` }, ''),
  },
  {
    name: 'a whole address of another host',
    write: (to) => head({ ...to, path: `http://evil.example${to.path}` }, ''),
    statuses: [421],
  },
  {
    name: 'a foreign Host',
    write: (to) => head(to, '', { host: 'Host: evil.example\r\n' }),
    statuses: [421],
  },
  { name: 'two Hosts', write: (to) => head(to, '', { host: `${HOST}${HOST}` }), statuses: [400] },
  {
    name: 'two Hosts, the second foreign',
    write: (to) => head(to, '', { host: `${HOST}Host: evil.example\r\n` }),
    statuses: [400],
  },
  { name: 'no Host', write: (to) => head(to, '', { host: '' }), statuses: [400] },
  { name: 'an empty Host', write: (to) => head(to, '', { host: 'Host:\r\n' }), statuses: [400, 421] },
  { name: 'an address of FTP', write: (to) => head({ ...to, path: 'ftp://localhost/x' }, '') },
  {
    name: 'chunks with extensions and trailers',
    write: (to) =>
      `${head(to, `${JSON_TYPE}${CHUNKED}Trailer: x\r\n`)}${chunk(to.body, ';a=b;c="d"')}0\r\nx: 1\r\n\r\n`,
  },
  {
    name: 'a chunk extension without an end',
    write: (to) => `${head(to, `${JSON_TYPE}${CHUNKED}`)}2;${'a'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`,
  },
  {
    name: 'a flood of trailers',
    write: (to) =>
      `${head(to, `${JSON_TYPE}${CHUNKED}`)}${chunk(to.body)}0\r\n${'x: 1\r\n'.repeat(5000)}\r\n`,
  },
  {
    name: 'length and chunks at once',
    write: (to) => `${head(to, `Content-Length: 5\r\n${CHUNKED}`)}0\r\n\r\n`,
    statuses: [400],
  },
  {
    name: 'two lengths',
    write: (to) => `${head(to, 'Content-Length: 5\r\nContent-Length: 6\r\n')}hello`,
    statuses: [400],
  },
  {
    name: 'a length below zero',
    write: (to) => `${head(to, 'Content-Length: -5\r\n')}hello`,
    statuses: [400],
  },
  {
    name: 'a compressed transfer',
    write: (to) =>
      `${head(to, `${JSON_TYPE}Transfer-Encoding: gzip, chunked\r\n`)}${chunk(to.body)}0\r\n\r\n`,
  },
  {
    name: 'a compressed body',
    write: (to) => `${head(to, `Content-Encoding: gzip\r\n${sized(to.body)}`)}${to.body}`,
  },
  { name: 'a body, whatever the method', write: (to) => `${head(to, sized(to.body))}${to.body}` },
  {
    name: 'a body of no type, whatever the method',
    write: (to) => `${head(to, 'Content-Length: 2\r\n')}{}`,
  },
  {
    name: 'a body that is no JSON',
    write: (to) => `${head(to, sized('{"a":'))}{"a":`,
  },
  {
    name: 'a type that is none',
    write: (to) => `${head(to, 'Content-Type: ;;;\r\nContent-Length: 2\r\n')}{}`,
  },
  {
    name: 'a form',
    write: (to) =>
      `${head(to, 'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n')}a=b`,
  },
  {
    name: 'an address of 12 KB',
    write: (to) => head({ ...to, path: `${to.path}?${'x'.repeat(12_000)}` }, ''),
  },
  {
    name: 'an address of 30 KB',
    write: (to) => head({ ...to, path: `${to.path}?${'x'.repeat(30_000)}` }, ''),
    statuses: [414, 431],
  },
  { name: 'an encoded slash', write: (to) => head({ ...to, path: `${to.path}%2F..%2f` }, '') },
  { name: 'an encoded null', write: (to) => head({ ...to, path: `${to.path}%00` }, '') },
  { name: 'an encoding that is none', write: (to) => head({ ...to, path: `${to.path}%zz` }, '') },
  { name: 'encoded bytes that are no UTF-8', write: (to) => head({ ...to, path: `${to.path}%ff%fe` }, '') },
  { name: 'dots', write: (to) => head({ ...to, path: `/..${to.path}/../../etc/passwd` }, '') },
  { name: 'double slashes', write: (to) => head({ ...to, path: `//evil.example/${to.path}` }, '') },
  {
    name: 'a query of 3,000 names',
    write: (to) => head({ ...to, path: `${to.path}?${'a=1&'.repeat(3000)}` }, ''),
  },
  { name: 'a query that is none', write: (to) => head({ ...to, path: `${to.path}?%zz=%00&&&=` }, '') },
  { name: 'a flood of headers', write: (to) => head(to, 'a: b\r\n'.repeat(5000)), statuses: [431] },
  { name: 'a header of 15 KB', write: (to) => head(to, `x: ${'y'.repeat(15_000)}\r\n`) },
  { name: 'a header in two lines', write: (to) => head(to, 'x: a\r\n b\r\n') },
  { name: 'headers named as prototypes', write: (to) => head(to, '__proto__: 1\r\nconstructor: 1\r\n') },
  {
    name: 'headers of caches, ranges and languages',
    write: (to) =>
      head(
        to,
        'Range: bytes=99999999-\r\nIf-Match: "x"\r\nIf-None-Match: *\r\nIf-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT\r\nTE: trailers\r\nAccept: image/png\r\nAccept-Encoding: br;q=9\r\nAccept-Language: x\r\n',
      ),
  },
  {
    name: 'line ends of one byte',
    write: (to) => `${to.method} ${to.path} HTTP/1.1\nHost: localhost\n\n`,
  },
  { name: 'HTTP/1.0', write: (to) => head(to, '', { version: '1.0', host: '' }) },
  { name: 'HTTP/0.9', write: (to) => `${to.method} ${to.path}\r\n\r\n` },
  { name: 'HTTP/1.2', write: (to) => head(to, '', { version: '1.2' }), statuses: [400] },
  { name: 'empty lines before it', write: (to) => `\r\n\r\n${head(to, '')}` },
  { name: 'a method in lower case', write: (to) => head({ ...to, method: 'get' }, ''), statuses: [400] },
  { name: 'a space in its address', write: (to) => head({ ...to, path: `${to.path} x` }, '') },
  {
    name: 'fifty at once on one connection',
    write: (to) => `${to.method} ${to.path} HTTP/1.1\r\n${HOST}\r\n`.repeat(50) + head(to, ''),
  },
]
