// Google's canonical codes (google/rpc/code.proto).
const [NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION] = [5, 6, 9]

/** The code of a gRPC error. */
export const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined

/** Whether a write found no document. */
export const isNotFound = (error: unknown): boolean => codeOf(error) === NOT_FOUND

/** Whether a precondition of a commit did not hold: nothing was written, or it was, and the client sent it twice. */
export const isConflict = (error: unknown): boolean =>
  isNotFound(error) || codeOf(error) === ALREADY_EXISTS || codeOf(error) === FAILED_PRECONDITION

/** The result of a commit; undefined where a precondition did not hold. Every other error is thrown on. */
export const unlessConflict = async <T>(commit: Promise<T>): Promise<T | undefined> => {
  try {
    return await commit
  } catch (error) {
    if (isConflict(error)) return undefined
    throw error
  }
}
