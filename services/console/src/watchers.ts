/** How many may watch at once. Below half of what the service takes at once (terraform/console.tf): the rest has room. */
export const WATCHERS_MAX = 100
/** Of them by one caller, an account or an address: enough for every tab of a person. */
export const WATCHERS_PER_CALLER_MAX = 20

/** Counts who watches. `enter` gives what to call at the end, or why nobody more may. */
export const createWatchers = (max = WATCHERS_MAX, perCallerMax = WATCHERS_PER_CALLER_MAX) => {
  const byCaller = new Map<string, number>()
  let all = 0
  const add = (caller: string, change: 1 | -1): void => {
    const count = (byCaller.get(caller) ?? 0) + change
    if (count === 0) byCaller.delete(caller)
    else byCaller.set(caller, count)
    all += change
  }
  return {
    enter: (caller: string): { leave(): void } | 'full' | 'too-many-of-this-caller' => {
      if ((byCaller.get(caller) ?? 0) >= perCallerMax) return 'too-many-of-this-caller'
      if (all >= max) return 'full'
      add(caller, 1)
      let isIn = true
      return {
        leave: () => {
          if (isIn) add(caller, -1)
          isIn = false
        },
      }
    },
    size: (): number => all,
  }
}

export type Watchers = ReturnType<typeof createWatchers>
