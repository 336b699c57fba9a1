import { z } from 'zod'
import { ConfigError, loadConfig } from './config.ts'
import { Duration } from './duration.ts'

const schema = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(8080),
  DMITRI_URL: z.url().describe('where Dmitri is, for example https://example.com'),
  DMITRI_TOKEN: z.string().min(8),
  SWEEP_INTERVAL: Duration.prefault('1s'),
})

const messageOf = (env: Record<string, string | undefined>): string => {
  try {
    loadConfig(schema, env)
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return error instanceof Error ? error.message : ''
  }
  throw new Error('The configuration was taken')
}

describe('loadConfig', () => {
  test('parses what it knows and drops what it does not', () => {
    const env = { DMITRI_URL: 'https://dmitri.example', DMITRI_TOKEN: 'long-enough', HOME: '/home' }
    expect(loadConfig(schema, env)).toEqual({
      PORT: 8080,
      DMITRI_URL: 'https://dmitri.example',
      DMITRI_TOKEN: 'long-enough',
      SWEEP_INTERVAL: 1000,
    })
  })

  test.each(['PORT', 'DMITRI_TOKEN', 'SWEEP_INTERVAL'])(
    'an empty %s is refused by its name, also where it has a default',
    (name) => {
      const env = { DMITRI_URL: 'https://dmitri.example', DMITRI_TOKEN: 'long-enough', [name]: '' }
      const [, ...lines] = messageOf(env).split('\n')
      expect(lines).toEqual([`  ${name} is empty: give it a value, or remove it`])
    },
  )

  test('the error names every bad variable, one per line, and what to write', () => {
    const lines = messageOf({ DMITRI_TOKEN: 'long-enough', PORT: 'x', SWEEP_INTERVAL: 'x' }).split('\n')
    expect(lines).toHaveLength(4)
    expect(lines.find((line) => line.includes('DMITRI_URL'))).toContain('for example https://example.com')
    expect(lines.find((line) => line.includes('SWEEP_INTERVAL'))).toContain('10s')
    expect(lines.find((line) => line.includes('PORT'))).toContain('expected number')
  })

  test('the error never shows a value', () => {
    const message = messageOf({ DMITRI_URL: 's3cret-url', DMITRI_TOKEN: 's3cret', PORT: 's3cret' })
    expect(message).toContain('DMITRI_TOKEN')
    expect(message).not.toContain('s3cret')
  })

  test('a rule about the whole configuration is named without a variable', () => {
    const whole = z.object({ A: z.string() }).refine(() => false, { error: 'A needs B' })
    expect(() => loadConfig(whole, { A: '1' })).toThrow('A needs B')
  })
})
