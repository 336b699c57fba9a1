// Checks the Markdown files: every relative link leads to a file and to a heading in it, every `npm run` names a script, and no
// merge was left half done. And no word of scripts/dead-words.ts is in documents, code and Terraform.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DEAD_WORDS, EXEMPT } from './dead-words.ts'
import { findDeadWords } from './docs/find-dead-words.ts'

const root = join(import.meta.dirname, '..')
const scripts = new Set(readFileSync(join(root, 'package.json'), 'utf8').match(/"[a-z0-9:]+"(?=:)/g))
const faults: string[] = []

// The anchor that GitHub gives a heading: lower case, no punctuation, a dash for each space.
const anchorsOf = (markdown: string): string[] =>
  [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )

const hasAnchor = (path: string, anchor: string) =>
  !path.endsWith('.md') || anchorsOf(readFileSync(path, 'utf8')).includes(decodeURIComponent(anchor))

for (const file of globSync('{*.md,docs/**/*.md,terraform/*.md,tests/*.md}', { cwd: root })) {
  const text = readFileSync(join(root, file), 'utf8')
  if (/^(?:<{7}|\s*\\?={7}$)/m.test(text)) faults.push(`${file}: a merge conflict is not resolved`)
  for (const [, target = '', anchor] of text.matchAll(/\]\(([^)#\s]*)(?:#([^)]*))?\)/g)) {
    if (/^[a-z]+:/.test(target)) continue
    const path = target === '' ? join(root, file) : join(root, dirname(file), target)
    if (!existsSync(path)) faults.push(`${file}: ${target} does not exist`)
    else if (anchor && !hasAnchor(path, anchor)) faults.push(`${file}: ${target}#${anchor} is no heading`)
  }
  for (const [, script] of text.matchAll(/npm run (?:--silent )?([a-z0-9:]+)/g)) {
    if (!scripts.has(`"${script}"`)) faults.push(`${file}: there is no script ${script}`)
  }
}

const WRITTEN =
  '{*.md,docs/**/*.{md,puml,mmd},{packages,services,tests,bench,scripts,terraform}/**/*.{ts,tsx,mjs,json,css,html,md,tf,tftest.hcl,tfvars}}'
for (const file of globSync(WRITTEN, { cwd: root, exclude: (path) => path.includes('node_modules') })) {
  if (EXEMPT.some((place) => file.startsWith(place))) continue
  faults.push(...findDeadWords(file, readFileSync(join(root, file), 'utf8'), DEAD_WORDS))
}

if (faults.length > 0) {
  console.error(faults.join('\n'))
  process.exit(1)
}
