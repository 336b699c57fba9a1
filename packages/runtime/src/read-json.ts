// No answer of a downstream is read beyond this.
const ANSWER_BYTES_MAX = 64 * 1024

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The JSON of an answer's body; undefined where it is none, or too large. Rejects where the body does not arrive. */
export const readJson = async (
  body: AsyncIterable<Buffer>,
  bytesMax = ANSWER_BYTES_MAX,
): Promise<unknown> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    // Leaving the loop destroys the body, and its connection with it.
    if (size > bytesMax) return undefined
    chunks.push(chunk)
  }
  return size === 0 ? undefined : parse(Buffer.concat(chunks).toString('utf8'))
}
