/** What the operations API tells a watcher, as text, from now on; `stop` ends the connection. */
export const watch = async (url: string): Promise<{ heard(): string; stop(): Promise<void> }> => {
  const ending = new AbortController()
  const answer = await fetch(`${url}/v1/events`, { signal: ending.signal })
  if (!answer.ok || !answer.body) throw new Error(`/v1/events answered ${answer.status}`)
  const { body } = answer
  let text = ''
  const read = async () => {
    const decoder = new TextDecoder()
    try {
      for await (const chunk of body) text += decoder.decode(chunk, { stream: true })
    } catch {
      // Ended by us, or with its process.
    }
  }
  const done = read()
  return {
    heard: () => text,
    stop: async () => {
      ending.abort()
      await done
    },
  }
}
