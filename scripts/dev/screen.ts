import { createPrettyLine } from '@mensageria/runtime'
import { styleText } from 'node:util'

const COLORS = ['cyan', 'green', 'yellow', 'magenta', 'blue', 'red'] as const

/** Where `npm run dev` writes: lines of its own, and those of the services, each with the name of its service. */
export const createScreen = async (out: NodeJS.WriteStream) => {
  const colorize = out.isTTY
  const pretty = await createPrettyLine(colorize)
  const seen: string[] = []
  return {
    print: (service: string, line: string) => {
      if (!seen.includes(service)) seen.push(service)
      const name = service.padEnd(12)
      const color = COLORS[seen.indexOf(service) % COLORS.length] ?? 'cyan'
      out.write(`${colorize ? styleText(color, name) : name} ${pretty(line)}\n`)
    },
    say: (text: string) => void out.write(`${colorize ? styleText('bold', text) : text}\n`),
  }
}
