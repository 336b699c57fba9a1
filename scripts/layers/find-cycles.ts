/** Every group of files that import each other in a circle, each group in the order of its names (Tarjan's algorithm). */
export const findCycles = (graph: ReadonlyMap<string, readonly string[]>): string[][] => {
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const onStack = new Set<string>()
  const cycles: string[][] = []

  const lower = (node: string, to: number | undefined): void => {
    low.set(node, Math.min(low.get(node) ?? Infinity, to ?? Infinity))
  }

  const close = (node: string): void => {
    const group = stack.splice(stack.lastIndexOf(node))
    for (const one of group) onStack.delete(one)
    if (group.length > 1 || graph.get(node)?.includes(node)) cycles.push(group.toSorted())
  }

  const visit = (node: string): void => {
    index.set(node, index.size)
    low.set(node, index.get(node) ?? 0)
    stack.push(node)
    onStack.add(node)
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) {
        visit(next)
        lower(node, low.get(next))
      } else if (onStack.has(next)) lower(node, index.get(next))
    }
    if (low.get(node) === index.get(node)) close(node)
  }

  for (const node of graph.keys()) if (!index.has(node)) visit(node)
  return cycles
}
