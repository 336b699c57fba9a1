import type { Context, GlobalArgs } from '../../context.ts'
import { renderTable } from '../../screen/table.ts'

/** Writes a list: as one JSON document, or as a table that says where there is more. */
export const showList = <T>(
  { json }: Pick<GlobalArgs, 'json'>,
  { io, texts }: Context,
  { items, more = false }: { items: readonly T[]; more?: boolean },
  table: { heads: readonly string[]; rowOf: (item: T) => string[] },
): void => {
  if (json) return io.out(JSON.stringify({ items, more }))
  if (items.length === 0) return io.out(texts.list.nothing)
  io.out(renderTable(table.heads, items.map(table.rowOf)))
  if (more) io.err(texts.list.more(items.length))
}
