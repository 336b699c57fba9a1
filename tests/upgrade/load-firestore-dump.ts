/** A field as Firestore has it: the name of its type, and its value in JSON. */
type Field =
  | { type: 'null'; value: null }
  | { type: 'boolean'; value: boolean }
  | { type: 'string' | 'timestamp'; value: string }
  | { type: 'integer' | 'double'; value: number }
  | { type: 'map'; value: Fields }
  | { type: 'array'; value: readonly Field[] }
type Fields = { readonly [name: string]: Field }

/** Every document of a database: collection, id, field. */
export type Dump = Record<string, Record<string, Fields>>

// As Firestore's REST API has it, which tells 1 from 1.0: the client library would not.
const toRest = (field: Field): object => {
  switch (field.type) {
    case 'integer':
      return { integerValue: String(field.value) }
    case 'map':
      return { mapValue: { fields: toRestFields(field.value) } }
    case 'array':
      return { arrayValue: { values: field.value.map(toRest) } }
    case 'null':
    case 'boolean':
    case 'string':
    case 'double':
    case 'timestamp':
      return { [`${field.type}Value`]: field.value }
    default:
      return field satisfies never
  }
}

const toRestFields = (fields: Fields): Record<string, object> =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, toRest(field)]))

// The emulator lets this one pass every rule.
const HEADERS = { authorization: 'Bearer owner', 'content-type': 'application/json' }

/** Writes all documents of a dump into the emulator, each exactly as it was; resolves with how many. */
export const loadFirestoreDump = async (host: string, projectId: string, dump: Dump): Promise<number> => {
  const documents = `projects/${projectId}/databases/(default)/documents`
  const writes = Object.entries(dump).flatMap(([collection, byId]) =>
    Object.entries(byId).map(([id, fields]) => ({
      update: { name: `${documents}/${collection}/${id}`, fields: toRestFields(fields) },
    })),
  )
  const answer = await fetch(`http://${host}/v1/${documents}:commit`, {
    method: 'POST',
    headers: HEADERS,
    body: JSON.stringify({ writes }),
  })
  if (!answer.ok) throw new Error(`The emulator answered ${answer.status}: ${await answer.text()}`)
  return writes.length
}
