/** Numbers with a fraction, or longer than a double holds in whole steps: rounded once, by the language itself. */
export function exactNumber(bytes: Uint8Array, start: number, end: number): number | undefined {
  if (end - start > 400) return undefined
  let text = ''
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i] ?? 0)
  const value = Number(text)
  if (!Number.isFinite(value)) return undefined
  return value === 0 ? 0 : value
}
