import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { helpText } from './help-text.ts'
import { SCRIPT_TEXTS } from './script-texts.ts'

const file = join(import.meta.dirname, '../../package.json')
const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync(file, 'utf8'))
const names = Object.keys(scripts)
// npm runs these by itself, before the script of the rest of the name.
const own = names.filter((name) => !(name.startsWith('pre') && names.includes(name.slice(3))))

test('every script of package.json is explained once, and nothing else', () => {
  const explained = Object.values(SCRIPT_TEXTS).flatMap((group) => Object.keys(group))
  expect(explained.toSorted()).toEqual(own.toSorted())
})

test('each explanation is one line of one screen', () => {
  for (const line of helpText().split('\n')) expect([line, line.length <= 128]).toEqual([line, true])
})

test('npm has commands of its own for two of them', () => {
  expect(helpText()).toMatch(/^ {2}npm test {2,}everything/m)
  expect(helpText()).toMatch(/^ {2}npm run jest {2,}Jest itself/m)
})
