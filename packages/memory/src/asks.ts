import type { Engine } from '@mensageria/core'

type PortName = Exclude<keyof Engine, 'purge'>

/** An operation of a port, as `ledger.replace`. */
export type Operation =
  | { [Port in PortName]: `${Port}.${Extract<keyof Engine[Port], string>}` }[PortName]
  | 'purge'

/** Operations that compare before they set, and can be refused. */
export type RefusableOperation =
  | 'centers.create'
  | 'centers.update'
  | 'centers.saveIdempotency'
  | 'ledger.create'
  | 'ledger.replace'
  | 'redrives.create'
  | 'redrives.write'
  | 'redrives.writeLane'

/** How an operation fails: before its effect, or after it, so that only its answer is lost. */
export type Failure = 'throws' | 'throws-but-written'

/** How a compare-and-set goes wrong; refused is the answer of one that lost, also where its own first try had won. */
export type Fault = Failure | 'refused' | 'refused-but-written'

/** Does the one synchronous step of an operation: at once, later, never, or with an error before or after it. */
export type Step = <T>(operation: Operation, work: () => T) => Promise<T>

/** How ports ask for their operations. */
export type Asks = {
  run: Step
  /** One that can be refused, with the answer that says so. */
  compareAndSet<T>(operation: RefusableOperation, work: () => T, refused: NoInfer<T>): Promise<T>
}

/** Faults for the next calls of an operation, used up in the order in which they were queued. */
export type Faults = {
  next(operation: Operation, ...failures: readonly Failure[]): void
  next(operation: RefusableOperation, ...faults: readonly Fault[]): void
  /** How many were queued and have not happened yet. */
  left(): number
}

/** Asks that pass each operation to a step of the caller's. */
export const asksThrough = (step: Step): Asks => ({
  run: step,
  compareAndSet: (operation, work) => step(operation, work),
})

/** Asks that do everything at once, note what was asked, and fail as they are told to. */
export const createAsks = (): { asks: Asks; calls: Operation[]; faults: Faults } => {
  const calls: Operation[] = []
  const queued = new Map<Operation, Fault[]>()

  const begin = (operation: Operation): Fault | undefined => {
    calls.push(operation)
    const fault = queued.get(operation)?.shift()
    if (fault === 'throws') throw new Error(`The store is away (${operation})`)
    return fault
  }
  const end = (operation: Operation, fault: Fault | undefined): void => {
    if (fault === 'throws-but-written') throw new Error(`The answer was lost (${operation})`)
  }

  return {
    calls,
    faults: {
      next: (operation: Operation, ...faults: readonly Fault[]) => {
        queued.set(operation, [...(queued.get(operation) ?? []), ...faults])
      },
      left: () => [...queued.values()].reduce((sum, faults) => sum + faults.length, 0),
    },
    asks: {
      run: async (operation, work) => {
        const fault = begin(operation)
        const answer = work()
        end(operation, fault)
        return answer
      },
      compareAndSet: async (operation, work, refused) => {
        const fault = begin(operation)
        if (fault === 'refused') return refused
        const answer = work()
        end(operation, fault)
        return fault === 'refused-but-written' ? refused : answer
      },
    },
  }
}
