/** After a change of the issuer, old and new certificates are in use side by side. The root stays last. */
export function mergedChain(held: readonly string[], answered: readonly string[]): string[] {
  const root = held.at(-1) ?? ''
  return [...new Set([...answered, ...held].filter((der) => der !== root)), root]
}
