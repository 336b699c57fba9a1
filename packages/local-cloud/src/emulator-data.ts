import { z } from 'zod'

/** The Firestore emulator's own way to write down all that a project has, and to take it back. */
export type EmulatorData = {
  /** Writes the data of a project into `directory/name`, whole or not at all for who waits for it. */
  exportTo(directory: string, name: string, signal: AbortSignal): Promise<void>
  /** Adds what an export holds to the project, whatever project it was taken from. */
  importFrom(metadataFile: string, signal: AbortSignal): Promise<void>
  /** Whether the project has no document. */
  isEmpty(signal: AbortSignal): Promise<boolean>
}

const Collections = z.object({ collectionIds: z.array(z.string()).default([]) })

/** The data of a project on the Firestore emulator at `host`. */
export const createEmulatorData = (host: string, projectId: string): EmulatorData => {
  const database = `projects/${projectId}/databases/(default)`
  const post = async (path: string, body: Record<string, string>, signal: AbortSignal): Promise<unknown> => {
    const answer = await fetch(`http://${host}/${path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer owner', 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal,
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`The Firestore emulator answered ${answer.status}: ${text}`)
    return JSON.parse(text)
  }
  const emulator = `emulator/v1/projects/${projectId}`
  return {
    exportTo: async (directory, name, signal) => {
      await post(`${emulator}:export`, { database, export_directory: directory, export_name: name }, signal)
    },
    importFrom: async (metadataFile, signal) => {
      await post(`${emulator}:import`, { database, export_directory: metadataFile }, signal)
    },
    isEmpty: async (signal) => {
      const answer = await post(`v1/${database}/documents:listCollectionIds`, {}, signal)
      return Collections.parse(answer).collectionIds.length === 0
    },
  }
}
