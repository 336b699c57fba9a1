import { z } from 'zod'

/** An address or a name to listen on, without a scheme or a port. */
export const Host = z
  .string()
  .regex(/^(?:[\d.]+|[\da-f:.]*:[\da-f:.]*|[a-z\d](?:[a-z\d.-]{0,251}[a-z\d])?)$/i, {
    error: 'Must be an address of this machine alone, such as 127.0.0.1, ::1 or 0.0.0.0',
  })
