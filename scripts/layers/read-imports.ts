import { parseAst } from 'rolldown/parseAst'

/** One import as it is written: with `import`, as a type alone, or with `import()`; `names` are those that are imported. */
export type Import = { specifier: string; kind: 'static' | 'type' | 'late'; names: readonly string[] }

type Node = Readonly<Record<string, unknown>>

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null

const textOf = (literal: unknown): string | undefined =>
  isNode(literal) && typeof literal['value'] === 'string' ? literal['value'] : undefined

const nameOf = (identifier: unknown): string[] =>
  isNode(identifier) && typeof identifier['name'] === 'string' ? [identifier['name']] : []

const specifiersOf = (node: Node): readonly unknown[] =>
  Array.isArray(node['specifiers']) ? node['specifiers'] : []

// Each of `import { type A }` says for itself that it is a type.
const isType = (node: Node): boolean => {
  if (node['importKind'] === 'type' || node['exportKind'] === 'type') return true
  const specifiers = specifiersOf(node)
  return (
    specifiers.length > 0 &&
    specifiers.every((one) => isNode(one) && (one['importKind'] === 'type' || one['exportKind'] === 'type'))
  )
}

const namesOf = (node: Node): string[] =>
  specifiersOf(node).flatMap((one) => (isNode(one) ? nameOf(one['imported'] ?? one['local']) : []))

const importOf = (node: Node): Import | undefined => {
  const specifier = textOf(node['source'])
  if (specifier === undefined) return undefined
  switch (node['type']) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return { specifier, kind: isType(node) ? 'type' : 'static', names: namesOf(node) }
    case 'ImportExpression':
      return { specifier, kind: 'late', names: [] }
    case 'TSImportType':
      return { specifier, kind: 'type', names: [] }
    default:
      return undefined
  }
}

const walk = (value: unknown, found: Import[]): void => {
  if (Array.isArray(value)) for (const one of value) walk(one, found)
  else if (isNode(value)) {
    const one = importOf(value)
    if (one) found.push(one)
    for (const part of Object.values(value)) walk(part, found)
  }
}

/** Every import of a file, also of types, in `export ... from` and with `import()`. Throws where the text does not parse. */
export const readImports = (file: string, text: string): Import[] => {
  const found: Import[] = []
  walk(parseAst(text, { lang: file.endsWith('.tsx') ? 'tsx' : 'ts' }), found)
  return found
}
