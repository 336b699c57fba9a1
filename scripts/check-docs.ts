// Checks the Markdown files: every relative link leads to a file, every `npm run` names a script.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '..')
const scripts = new Set(readFileSync(join(root, 'package.json'), 'utf8').match(/"[a-z:]+"(?=:)/g))
const faults: string[] = []

for (const file of globSync('{*.md,docs/**/*.md}', { cwd: root })) {
  const text = readFileSync(join(root, file), 'utf8')
  for (const [, target] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
    if (target === undefined || /^[a-z]+:/.test(target)) continue
    if (!existsSync(join(root, dirname(file), target))) faults.push(`${file}: ${target} does not exist`)
  }
  for (const [, script] of text.matchAll(/npm run (?:--silent )?([a-z:]+)/g)) {
    if (!scripts.has(`"${script}"`)) faults.push(`${file}: there is no script ${script}`)
  }
}

if (faults.length > 0) {
  console.error(faults.join('\n'))
  process.exit(1)
}
