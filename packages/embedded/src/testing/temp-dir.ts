import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A new empty folder for each test of the file, removed after it. */
export const useTempDir = (): (() => string) => {
  let dir = ''
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'mensageria-embedded-'))
  })
  afterEach(() => rmSync(dir, { recursive: true, force: true }))
  return () => dir
}
