import { join } from 'node:path'

/** The root of the page's package. */
export const PAGE_ROOT = join(import.meta.dirname, '..')

/** Where built pages lie, one folder each, named after the sources that they were made from. */
export const BUILT = join(PAGE_ROOT, 'dist')
