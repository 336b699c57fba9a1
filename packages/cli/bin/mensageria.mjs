#!/usr/bin/env -S node --max-semi-space-size=16
// The compile cache keeps the types stripped: without it every start takes twice as long. The small young generation keeps
// an import of any size below 128 MiB.
import { enableCompileCache } from 'node:module'

enableCompileCache()
const { main } = await import('../src/main.ts')
await main()
