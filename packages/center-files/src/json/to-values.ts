import { FileRefused } from '../fault.ts'
import { ROW_BYTES_MAX } from '../row.ts'

/** The text of one JSON value, and the line on which it begins. */
export type JsonText = { text: string; line: number }

// What is longer than any row is cut, and found too long by who reads it.
const CUT = ROW_BYTES_MAX + 1

/** One value a line: a line that is none does not spoil the others. */
export async function* toLines(pieces: AsyncIterable<string>): AsyncGenerator<JsonText> {
  let [rest, line] = ['', 0]
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n')
    rest = (lines.pop() ?? '').slice(0, CUT)
    for (const text of lines) {
      line += 1
      if (text.trim() !== '') yield { text: text.trim(), line }
    }
  }
  if (rest.trim() !== '') yield { text: rest.trim(), line: line + 1 }
}

type State = {
  place: 'start' | 'value' | 'comma' | 'after' | 'inside'
  isArray: boolean
  inString: boolean
  isEscaped: boolean
  depth: number
  text: string
  /** Where the reader is, and where the object began. */
  line: number
  from: number
}

const refuse = ({ place, line, from }: State, detail: string): never => {
  throw new FileRefused({ kind: 'json', line: place === 'inside' ? from : line, detail })
}

const stepBetween = (state: State, char: string): void => {
  const { place, isArray, line } = state
  if (char.trim() === '' || (char === '\ufeff' && place === 'start')) return
  if (char === '{' && place !== 'after' && place !== 'comma') {
    Object.assign(state, { place: 'inside', depth: 1, text: '{', from: line })
  } else if (char === '[' && place === 'start') Object.assign(state, { isArray: true, place: 'value' })
  else if (char === ',' && isArray && place === 'comma') state.place = 'value'
  else if (char === ']' && isArray && place !== 'after') state.place = 'after'
  else refuse(state, char)
}

// Says whether the object ends with this character.
const stepInside = (state: State, char: string): boolean => {
  state.text += char
  if (state.text.length > ROW_BYTES_MAX) throw new FileRefused({ kind: 'long-row', line: state.from })
  if (state.isEscaped) state.isEscaped = false
  else if (state.inString) {
    state.isEscaped = char === '\\'
    state.inString = char !== '"'
  } else if (char === '"') state.inString = true
  else if (char === '{' || char === '[') state.depth += 1
  else if (char === '}' || char === ']') state.depth -= 1
  return state.depth === 0
}

/** Objects of an array, or one after the other, over lines as they like. Throws `FileRefused` where one has no end. */
export async function* toObjects(pieces: AsyncIterable<string>): AsyncGenerator<JsonText> {
  const flags = { isArray: false, inString: false, isEscaped: false }
  const state: State = { place: 'start', ...flags, depth: 0, text: '', line: 1, from: 1 }
  for await (const piece of pieces) {
    for (const char of piece) {
      if (state.place !== 'inside') stepBetween(state, char)
      else if (stepInside(state, char)) {
        yield { text: state.text, line: state.from }
        state.place = state.isArray ? 'comma' : 'value'
      }
      if (char === '\n') state.line += 1
    }
  }
  if (state.place === 'inside' || (state.isArray && state.place !== 'after')) refuse(state, '')
}
