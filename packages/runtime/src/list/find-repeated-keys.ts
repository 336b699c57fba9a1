// What a text that JSON.parse takes is made of, without numbers and literals.
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g

/**
 * Keys that one object of a JSON text has twice, each with the keys that lead to it: `JSON.parse` silently takes the last.
 * The text is one that `JSON.parse` takes.
 */
export const findRepeatedKeys = (text: string): string[][] => {
  const repeated: string[][] = []
  // One level an object or array: the keys seen in it, and the one whose value is being read.
  const levels: { keys: Set<string>; key: string }[] = []
  let last = ''
  for (const [token] of text.matchAll(TOKENS)) {
    const level = levels.at(-1)
    if (token === '{' || token === '[') levels.push({ keys: new Set(), key: '' })
    else if (token === '}' || token === ']') levels.pop()
    else if (token === ':' && level) {
      level.key = String(JSON.parse(last))
      if (level.keys.has(level.key)) repeated.push(levels.map(({ key }) => key))
      level.keys.add(level.key)
    }
    last = token
  }
  return repeated
}
