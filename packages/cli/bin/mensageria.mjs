#!/usr/bin/env -S node --max-semi-space-size=8 --heap-growing-percent=25
// The compile cache keeps the types stripped: without it every start takes twice as long. A small young generation, and an
// old one that is collected before it has grown fourfold, keep an import of 10,000 rows near 150 MiB instead of 225 to 245.
import { enableCompileCache } from 'node:module'

enableCompileCache()
const { main } = await import('../src/main.ts')
await main()
