import { labelOf, STATE_WORDS, toPhrase, type Words } from '@mensageria/contracts'
import { styleText } from 'node:util'

/** How one system stands: `done` of `total` centers arrived; `open` says what the rest waits for. */
export type Progress = {
  system: string
  done: number
  total: number
  open: Record<string, number>
  cause?: string
}

/** Where the story is told. On a terminal the progress is redrawn in place and colored; elsewhere each change is a line. */
export type Screen = {
  chapter(title: string, text: string): void
  say(text: string): void
  progress(systems: readonly Progress[]): void
  table(head: readonly string[], rows: readonly (readonly string[])[]): void
}

const WORDS: Readonly<Record<string, Words>> = STATE_WORDS
const wordOf = (state: string): string => {
  const words = WORDS[state]
  return words ? toPhrase(labelOf(words, 'en')) : state
}

const BAR = 24

const bar = ({ done, total }: Progress): string => {
  const filled = total === 0 ? 0 : Math.floor((done / total) * BAR)
  return '█'.repeat(filled) + '░'.repeat(BAR - filled)
}

const openText = ({ open, cause }: Progress): string => {
  const parts = Object.entries(open).map(([state, count]) => `${count} ${wordOf(state)}`)
  return parts.length === 0 ? '' : `  ${parts.join(', ')}${cause === undefined ? '' : ` (${cause})`}`
}

const lineOf = (progress: Progress): string =>
  `   ${progress.system.padEnd(9)} ${bar(progress)} ${String(progress.done).padStart(3)} of ${progress.total}${openText(progress)}`

const tableLines = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (row: readonly string[]) =>
    `   ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('   ')}`
  return [line(head), `   ${widths.map((width) => '─'.repeat(width)).join('───')}`, ...rows.map(line)]
}

/** A screen over a stream; `isTTY` decides whether it redraws and colors. */
export const createScreen = (out: NodeJS.WriteStream): Screen => {
  const tty = out.isTTY
  const style = (format: Parameters<typeof styleText>[0], text: string) =>
    tty ? styleText(format, text) : text
  let drawn: string[] = []
  const print = (text: string) => {
    drawn = []
    out.write(`${text}\n`)
  }
  return {
    chapter: (title, text) => print(`\n${style('bold', title)}\n   ${text}`),
    say: (text) => print(`   ${text}`),
    progress: (systems) => {
      const lines = systems.map(lineOf)
      if (lines.join() === drawn.join()) return
      if (tty && drawn.length > 0) out.write(`\u001B[${drawn.length}A`)
      for (const [index, line] of lines.entries()) {
        const whole = systems[index]?.done === systems[index]?.total
        if (tty)
          out.write(
            `\u001B[2K${style(whole ? 'green' : 'yellow', line.slice(0, (out.columns || 120) - 1))}\n`,
          )
        else if (line !== drawn[index]) out.write(`${line}\n`)
      }
      drawn = lines
    },
    table: (head, rows) => print(tableLines(head, rows).join('\n')),
  }
}

/** A screen that shows nothing: for `--json`. */
export const silentScreen: Screen = { chapter: () => {}, say: () => {}, progress: () => {}, table: () => {} }
