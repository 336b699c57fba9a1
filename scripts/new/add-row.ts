const WIDTH = 110

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const inline = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const fields = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${inline(one)}`)
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`
}

// As the formatter writes it: in one line where it fits, else a line for each field.
const pretty = (key: string, value: unknown, indent: string, rest = 0): string => {
  const line = `${indent}${JSON.stringify(key)}: ${inline(value)}`
  if (line.length + rest <= WIDTH) return line
  const isList = Array.isArray(value)
  if (!isList && !isObject(value)) return line
  const entries = Object.entries(value)
  const lines = entries.map(([field, one], index) => {
    const comma = index < entries.length - 1 ? 1 : 0
    return isList ? `${indent}  ${inline(one)}` : pretty(field, one, `${indent}  `, comma)
  })
  const [open, close] = isList ? ['[', ']'] : ['{', '}']
  return `${indent}${JSON.stringify(key)}: ${open}\n${lines.join(',\n')}\n${indent}${close}`
}

/** The text of a list of integrations with one more row at its end; the others stay as they are written, and so do its ends of lines. */
export const addRow = (text: string, name: string, row: object): string => {
  const [, before = '', last = ''] = /^([^]*?([{}]))\s*\}\s*\}\s*$/.exec(text) ?? []
  if (before === '') throw new Error('The list of integrations does not end with its rows')
  const added = `${last === '{' ? '' : ','}\n${pretty(name, row, '    ')}\n  }\n}\n`
  return before + (text.includes('\r\n') ? added.replaceAll('\n', '\r\n') : added)
}
