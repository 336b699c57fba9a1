import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

const LINT_MS = 120_000
const Results = z.array(
  z.looseObject({ command_string: z.string(), success: z.boolean(), error_message: z.string().nullish() }),
)

// What a shell would put in: gcloud's parser asks that something is there, and for the form of a list of substitutions.
const filled = (command: string): string =>
  command
    .replaceAll(/(?<=--substitutions="?)\$\w+/g, '_A=x')
    .replaceAll(/\$\{?\w+\}?/g, 'x')
    .replaceAll(/\s+/g, ' ')

/** What gcloud's own parser says against each command; it calls nobody. Throws where gcloud is not installed. */
export const lintGcloud = (commands: readonly string[]): string[] => {
  const folder = mkdtempSync(join(tmpdir(), 'mensageria-gcloud-'))
  try {
    const file = join(folder, 'commands.json')
    writeFileSync(file, JSON.stringify(commands.map((command) => ({ command_string: filled(command) }))))
    const out = execFileSync('gcloud', ['meta', 'lint-gcloud-commands', `--commands-file=${file}`], {
      encoding: 'utf8',
      timeout: LINT_MS,
      env: { ...process.env, CLOUDSDK_CONFIG: folder, CLOUDSDK_CORE_DISABLE_PROMPTS: '1' },
      maxBuffer: 256 * 1024 * 1024,
    })
    const results = Results.parse(JSON.parse(out))
    if (results.length < new Set(commands.map(filled)).size)
      throw new Error(`gcloud read only ${results.length}`)
    return results.flatMap(({ command_string: command, success, error_message: message }) =>
      success ? [] : [`${command}: ${(message ?? '').split('\n')[0]}`],
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
