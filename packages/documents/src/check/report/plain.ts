/** What is not seen, or turns the direction of what stands around it: names could pose as words of the report. */
const hidden =
  /[\p{Cc}\u061C\u180E\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu

/** Letters of one text out of a file; a name is shorter. */
const most = 1000

/** One text out of a file, as it may stand beside the report's own: what is hidden is seen as U+FFFD. */
export function plainText(text: string): string {
  const kept = text.length > most ? `${text.slice(0, most)}…` : text
  return kept
    .toWellFormed()
    .replace(/[\t\r\n]+/g, ' ')
    .replace(hidden, '\uFFFD')
}

/** The same with every text in it plain. */
export function plainly<T>(value: T): T {
  return plainValue(value) as T
}

function plainValue(value: unknown): unknown {
  if (typeof value === 'string') return plainText(value)
  if (Array.isArray(value)) return value.map(plainValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plainValue(one)]))
}
