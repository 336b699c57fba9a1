import { loadConfig } from '@mensageria/runtime'
import { StandaloneConfig } from './config.ts'

const dataDirOf = (path: string): string => loadConfig(StandaloneConfig, { DATA_DIR: path }).DATA_DIR

test.each([' ', './data ', ' ./data', './data\n', './da\tta', '~', '~/data', '~ana/data'])(
  'defect 6: DATA_DIR=%j would be another folder than the one that is meant',
  (path) => {
    expect(() => dataDirOf(path)).toThrow(/DATA_DIR: Must be a path without spaces around it/)
  },
)

test.each(['./data', '/srv/my data', 'data~', '/srv/dados-são-paulo'])('DATA_DIR=%s is a path', (path) => {
  expect(dataDirOf(path)).toBe(path)
})
