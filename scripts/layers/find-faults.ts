import { posix } from 'node:path'
import { COMPOSE, FILES_IN_A_FOLDER_MAX, TESTS } from '../layers.ts'
import { findCycles } from './find-cycles.ts'
import type { Layer } from './layer.ts'
import type { Import } from './read-imports.ts'

/** The files of the repository, by path from its root, with what each imports. */
export type Files = ReadonlyMap<string, readonly Import[]>

/** What the check looks at: the files, the folders that are packages, and the file behind each entry of a package. */
export type Repository = {
  files: Files
  packages: readonly string[]
  entries: ReadonlyMap<string, string>
}

const isUnder = (path: string, place: string): boolean => path === place || path.startsWith(`${place}/`)

const isTest = (file: string): boolean => TESTS.test(file)

/** The row of a file: the one with the longest `from` that fits. */
export const layerOf = (file: string, layers: readonly Layer[]): { layer: Layer; from: string } | undefined =>
  layers
    .flatMap((layer) => layer.from.map((from) => ({ layer, from })))
    .filter(({ from }) => isUnder(file, from))
    .toSorted((a, b) => b.from.length - a.from.length)
    .at(0)

/** The path that a relative import leads to, from the root of the repository; undefined for a package. */
const targetOf = (file: string, { specifier }: Import): string | undefined =>
  specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : undefined

const fits = (name: string, pattern: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern

const mayPackage = ({ may, late = [], never = [] }: Layer, { specifier, kind }: Import): boolean =>
  !never.some((pattern) => fits(specifier, pattern)) &&
  [...may, ...(kind === 'static' ? [] : late)].some((pattern) => fits(specifier, pattern))

const mayPath = (
  own: { layer: Layer; from: string },
  target: string,
  { kind }: Import,
  layers: readonly Layer[],
): boolean => {
  const row = layerOf(target, layers)
  // A file with a row of its own is no part of the folder that it lies in.
  if (row?.layer === own.layer && row.from === own.from) return true
  const { may, late = [] } = own.layer
  return [...may, ...(kind === 'static' ? [] : late)].some((place) => isUnder(target, place))
}

const importFault = (file: string, one: Import, layers: readonly Layer[]): string[] => {
  const own = layerOf(file, layers)
  if (!own) return []
  const target = targetOf(file, one)
  if (target !== undefined && isTest(target)) return [`${file} is no test, and imports one: ${target}`]
  const isAllowed = target === undefined ? mayPackage(own.layer, one) : mayPath(own, target, one, layers)
  if (isAllowed) return []
  const what = one.kind === 'static' ? (target ?? one.specifier) : `${target ?? one.specifier} (${one.kind})`
  return [`${file} may not import ${what}: ${own.layer.because}`]
}

/** Imports that no row allows, and files that no row has. */
export const findForbidden = ({ files }: Repository, layers: readonly Layer[]): string[] =>
  [...files].flatMap(([file, imports]) => {
    if (isTest(file)) return []
    if (!layerOf(file, layers)) return [`${file} is in no row of scripts/layers.ts`]
    return imports.flatMap((one) => importFault(file, one, layers))
  })

/** Packages and services that no row names, and rows that name nothing. */
export const findUnlisted = ({ files, packages }: Repository, layers: readonly Layer[]): string[] => {
  const places = layers.flatMap(({ from }) => from)
  const unlisted = packages
    .filter((folder) => !places.some((place) => isUnder(place, folder)))
    .map((folder) => `${folder} is in no row of scripts/layers.ts: add it to the row of its kind, or a row`)
  const stale = layers
    .filter(({ from }) => ![...files.keys()].some((file) => from.some((place) => isUnder(file, place))))
    .map(({ from }) => `scripts/layers.ts names ${from.join(', ')}, and there is no such file`)
  return [...unlisted, ...stale]
}

/** Circles of imports between files. */
export const findCircles = ({ files, entries }: Repository): string[] => {
  const graph = new Map(
    [...files].map(([file, imports]) => [
      file,
      imports.flatMap((one) => targetOf(file, one) ?? entries.get(one.specifier) ?? []),
    ]),
  )
  return findCycles(graph).map((group) => `Files import each other in a circle: ${group.join(', ')}`)
}

/** Folders of sources with too many files. */
export const findCrowded = ({ files }: Repository): string[] => {
  const folders = Map.groupBy(
    [...files.keys()].filter((file) => /^packages\/[^/]+\/src\//.test(file) && !isTest(file)),
    (file) => posix.dirname(file),
  )
  return [...folders]
    .filter(([, inside]) => inside.length > FILES_IN_A_FOLDER_MAX)
    .map(([folder, { length }]) => `${folder} has ${length} source files, more than ${FILES_IN_A_FOLDER_MAX}`)
}

/** Use cases that are composed outside the one file that may. */
export const findComposed = ({ files }: Repository): string[] => {
  const useCases = new Set(
    (files.get(COMPOSE) ?? []).flatMap(({ names }) => names.filter((name) => name.startsWith('create'))),
  )
  return [...files].flatMap(([file, imports]) =>
    file === COMPOSE || (file.startsWith('packages/core/') && isTest(file))
      ? []
      : imports
          .flatMap(({ names }) => names)
          .filter((name) => useCases.has(name))
          .map((name) => `${file} composes a use case by hand (${name}): call compose* of @mensageria/core`),
  )
}
