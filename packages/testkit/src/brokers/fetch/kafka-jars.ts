import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runToEnd } from '../../keeper/process-group.ts'
import { programOf } from '../../program.ts'
import { aptInstall, mayInstall } from './apt.ts'
import { cachedFolder, isCached } from './cached-folder.ts'
import { sayFetching } from './say-fetching.ts'

const KAFKA = '4.1.1'
const NAME = `kafka-${KAFKA}`
const WITHIN_MS = 240_000

// Kafka names no logger of its own: without slf4j-simple it would not say why it does not start.
const DEPENDENCIES = [
  ['org.apache.kafka', 'kafka_2.13', KAFKA],
  ['org.slf4j', 'slf4j-simple', '1.7.36'],
] as const

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>mensageria</groupId><artifactId>kafka-for-tests</artifactId><version>1</version>
  <dependencies>${DEPENDENCIES.map(
    ([group, artifact, version]) => `
    <dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`,
  ).join('')}
  </dependencies>
</project>
`

const has = (...programs: readonly string[]): boolean =>
  programs.every((program) => programOf(program) !== undefined)

export const kafkaIsThere = (): boolean => isCached(NAME) && has('java')

export const mayFetchKafka = (): boolean => mayInstall() || has('java', 'mvn')

/** The folder with Kafka's jars, fetched with Maven where they are missing. */
export const kafkaJars = async (): Promise<string> => {
  const folder = await cachedFolder(NAME, async (empty) => {
    sayFetching('Kafka', 'Maven (45 jars, 43 MB)')
    if (!has('java', 'mvn') && mayInstall()) await aptInstall(['maven', 'default-jre-headless'])
    await writeFile(join(empty, 'pom.xml'), POM)
    const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', '-DoutputDirectory=lib']
    await runToEnd(['mvn', '--batch-mode', '--quiet', '--strict-checksums', ...goal], {
      cwd: empty,
      withinMs: WITHIN_MS,
    })
  })
  return join(folder, 'lib')
}
