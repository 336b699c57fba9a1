import { z } from 'zod'

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

const isLoopbackUrl = (value: string): boolean =>
  URL.canParse(value) && LOOPBACK.test(new URL(value).hostname)

/**
 * An address of a destination: no credentials, for the list is no place for secrets. The protocol without TLS is for a broker
 * on the same machine. Its faults are told one at a time.
 */
export const address = ({ secure, plain, example }: { secure: string; plain: string; example: string }) =>
  z
    .url({
      protocol: new RegExp(`^(?:${secure}|${plain})$`),
      error: `Must be an address like ${example}`,
      abort: true,
    })
    .max(2048)
    // Read as a path, a name without // before it would leave this machine to be the host.
    .refine((value) => /^[a-z]+:\/\/[^/\\\s]+(?:\/\S*)?$/i.test(value), {
      abort: true,
      error: `Must have // and a host: the form is ${example}`,
    })
    .refine((value) => !/[@?#]/.test(value), {
      abort: true,
      error: `Must have no credentials, query or fragment: the form is ${example}`,
    })
    .refine((value) => value.startsWith(`${secure}:`) || isLoopbackUrl(value), {
      abort: true,
      error: `Must be ${secure}:// beyond this machine, for example ${example}`,
    })
