/** One choice of this person, kept in the browser; where it keeps nothing, it is forgotten with the page. */
export const stored = (name: string) => {
  const key = `mensageria.${name}`
  return {
    read: (): string | undefined => {
      try {
        return localStorage.getItem(key) ?? undefined
      } catch {
        return undefined
      }
    },
    write: (value: string): void => {
      try {
        localStorage.setItem(key, value)
      } catch {
        // Private windows of some browsers refuse.
      }
    },
  }
}
