import { isError } from '../base/is-error.ts'

/** No answer of a downstream is read beyond this. */
export const ANSWER_BYTES_MAX = 64 * 1024

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * The JSON of an answer's body; undefined where it is none, or larger than the connection allows (`maxResponseSize`,
 * which cuts it). Rejects where the body does not arrive.
 */
export const readJson = async (body: { text(): Promise<string> }): Promise<unknown> => {
  try {
    return parse(await body.text())
  } catch (error) {
    if (isError(error) && 'code' in error && error.code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return undefined
    throw error
  }
}
