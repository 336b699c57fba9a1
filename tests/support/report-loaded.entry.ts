// For `node --import`: tells on stderr which modules of OpenTelemetry this process loads, and for whom.
import { registerHooks } from 'node:module'

registerHooks({
  resolve: (specifier, context, next) => {
    const resolved = next(specifier, context)
    if (resolved.url.includes('/@opentelemetry/'))
      process.stderr.write(`loaded ${resolved.url} for ${context.parentURL}\n`)
    return resolved
  },
})
