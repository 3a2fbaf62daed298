/** Of what is there, the name that was probably meant: at most two letters off, or one in three of it. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const allowed = Math.max(1, Math.min(3, Math.floor(name.length / 3)))
  const near = known
    .map((one) => ({ one, steps: steps(name.toLowerCase(), one.toLowerCase(), allowed) }))
    .filter(({ steps }) => steps <= allowed)
    .sort((a, b) => a.steps - b.steps)
  return near[0]?.one
}

/** Levenshtein's distance, or more than `most` where it is more. */
function steps(from: string, to: string, most: number): number {
  if (Math.abs(from.length - to.length) > most) return most + 1
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1]
    for (const [other, wanted] of [...to].entries()) {
      const replaced = (row[other] ?? 0) + (letter === wanted ? 0 : 1)
      next.push(Math.min(replaced, (row[other + 1] ?? 0) + 1, (next[other] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? most + 1
}
