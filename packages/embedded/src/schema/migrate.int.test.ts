import { DatabaseSync } from 'node:sqlite'
import { migrate, NewerSchemaError } from './migrate.ts'

let db: DatabaseSync
beforeEach(() => {
  db = new DatabaseSync(':memory:')
})
afterEach(() => db.close())

const versionOf = () => Number(db.prepare('PRAGMA user_version').get()?.['user_version'])
const schemaOf = () => db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all()

test('an empty file gets every table, and counts its steps', () => {
  migrate(db)
  expect(versionOf()).toBeGreaterThan(0)
  expect(schemaOf().map(({ name }) => name)).toEqual(
    expect.arrayContaining(['centers', 'idempotency', 'events', 'messages', 'deliveries', 'integrations']),
  )
})

test('again it changes nothing', () => {
  migrate(db)
  db.exec(`INSERT INTO integrations VALUES ('maas', '{}')`)
  const [version, schema] = [versionOf(), schemaOf()]
  migrate(db)
  expect([versionOf(), schemaOf()]).toEqual([version, schema])
  expect(db.prepare('SELECT name FROM integrations').all()).toHaveLength(1)
})

test('the schema of a newer release is refused, and stays as it is', () => {
  migrate(db)
  const newer = versionOf() + 1
  db.exec(`PRAGMA user_version = ${newer}`)
  expect(() => migrate(db)).toThrow(NewerSchemaError)
  expect(versionOf()).toBe(newer)
})

test('a step that fails leaves the file as it was', () => {
  db.exec('CREATE TABLE deliveries (of_somebody_else TEXT)')
  expect(() => migrate(db)).toThrow(/already exists/)
  if (db.isTransaction) db.exec('ROLLBACK')
  expect(versionOf()).toBe(0)
  expect(schemaOf().map(({ name }) => name)).toEqual(['deliveries'])
})
