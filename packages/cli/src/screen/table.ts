import Table from 'cli-table3'

const GAP = '  '

// Columns with two spaces between them, and nothing else: such a table can also be read by a script.
const CHARS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: GAP,
}

/** A table as text; cells may have colors. */
export const renderTable = (heads: readonly string[], rows: readonly (readonly string[])[]): string => {
  const table = new Table({
    head: [...heads],
    chars: CHARS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  })
  table.push(...rows.map((row) => [...row]))
  return table.toString().replaceAll(/ +$/gm, '')
}
