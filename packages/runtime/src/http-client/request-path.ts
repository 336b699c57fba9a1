// Dot segments and their encodings, double slashes, backslashes, fragments, and what ends a line or a path.
const UNSAFE = /\/\/|\\|%5c|(?:\/|%2f)(?:\.|%2e){1,2}(?:\/|%2f|$)/i
const UNPRINTABLE = /[^\u0021-\u007e]|#/

/**
 * Puts a path below the base URL's own. Throws where the result could lie anywhere else: no data of an event may choose
 * what is called (SSRF).
 */
export const requestPath = (prefix: string, path: string): string => {
  const [pathname = ''] = path.split('?', 1)
  if (!path.startsWith('/') || UNPRINTABLE.test(path) || UNSAFE.test(pathname)) {
    throw new TypeError('A downstream path must begin with "/" and stay below its base URL')
  }
  return prefix + path
}
