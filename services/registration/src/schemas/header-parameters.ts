import type { IncomingHttpHeaders } from 'node:http'
import { z } from 'zod'

/**
 * Documents headers without checking them: their parsers decide, in the order that the contract asks for, and a parse
 * would copy every header of every request.
 */
export const headerParameters = (properties: Record<string, { description: string; example: string }>) =>
  z.custom<IncomingHttpHeaders>().meta({
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, documented]) => [name, { type: 'string', ...documented }]),
    ),
  })
