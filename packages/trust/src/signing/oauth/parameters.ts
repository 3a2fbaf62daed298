/** Parameters of a query or a form, of which each may come once (RFC 6749 §3.1). Undefined when one came twice. */
export function readParameters(text: string): ReadonlyMap<string, string> | undefined {
  const read = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(text)) {
    if (read.has(name)) return undefined
    // An empty one is as if it were not there.
    if (value !== '') read.set(name, value)
  }
  return read
}
