/** A table for a terminal: the first column to the left, figures to the right. Chinese counts double width. */
export function printTable(
  say: (line: string) => void,
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  const all = [head, ...rows].map((row) => row.map(String))
  const widths = head.map((_, column) => Math.max(...all.map((row) => widthOf(row[column] ?? ''))))
  for (const [index, row] of all.entries()) {
    const cells = row.map((cell, column) => {
      const space = ' '.repeat((widths[column] ?? 0) - widthOf(cell))
      return column === 0 ? cell + space : space + cell
    })
    say(`  ${cells.join('  ')}`)
    if (index === 0) say(`  ${widths.map((width) => '-'.repeat(width)).join('  ')}`)
  }
}

function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += (character.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1
  return width
}
