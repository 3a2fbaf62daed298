/** Columns a text takes on a terminal: Thai vowels and tone marks above and below the line take none. */
export function columnsOf(text: string): number {
  return [...text.replace(/[\p{Mn}\p{Me}\p{Cf}]/gu, '')].length
}

/** Rows under a heading, each column as wide as its widest cell; two spaces between columns. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = heading.map((cell, column) =>
    Math.max(columnsOf(cell), ...rows.map((row) => columnsOf(row[column] ?? ''))),
  )
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - columnsOf(cell))))
      .join('  ')
      .trimEnd()
  const rule = widths.map((width) => '─'.repeat(width)).join('  ')
  return [line(heading), rule, ...rows.map(line)]
}
