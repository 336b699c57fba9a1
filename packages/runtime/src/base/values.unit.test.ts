import { z } from 'zod'
import { ConfigError, loadConfig } from './config.ts'
import { durationBetween } from './duration.ts'
import { Host } from './host.ts'
import { Port } from './whole-number.ts'

const schema = z.object({
  PORT: Port.default(8080),
  HOST: Host.default('127.0.0.1'),
  SWEEP_INTERVAL: durationBetween('10ms', '10m').default(1000),
})

describe('defect 6: impossible values stop the start and are named', () => {
  test.each([
    ['SWEEP_INTERVAL', '0s', '10ms to 10m'],
    ['SWEEP_INTERVAL', '9ms', '10ms to 10m'],
    ['SWEEP_INTERVAL', '11m', '10ms to 10m'],
    ['SWEEP_INTERVAL', '-1s', 'Write a duration'],
    ['PORT', ' ', 'whole number, 0 to 65535'],
    ['PORT', '-1', 'whole number'],
    ['PORT', '65536', 'whole number'],
    ['PORT', '80.5', 'whole number'],
    ['PORT', '0x50', 'whole number'],
    ['PORT', '1e3', 'whole number'],
    ['HOST', 'http://localhost', 'Must be an address'],
    ['HOST', 'localhost:8080', 'Must be an address'],
    ['HOST', 'a b', 'Must be an address'],
    ['HOST', '*', 'Must be an address'],
  ])('%s=%s', (name, value, reason) => {
    expect(() => loadConfig(schema, { [name]: value })).toThrow(ConfigError)
    expect(() => loadConfig(schema, { [name]: value })).toThrow(new RegExp(`${name}: .*${reason}`))
  })

  test.each([
    ['HOST', '0.0.0.0'],
    ['HOST', '::1'],
    ['HOST', '::'],
    ['HOST', 'localhost'],
    ['HOST', 'db-1.example.com'],
    ['SWEEP_INTERVAL', '10ms'],
    ['PORT', '0'],
  ])('%s=%s is taken', (name, value) => {
    expect(() => loadConfig(schema, { [name]: value })).not.toThrow()
  })
})
