export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The rows of a list that another process answered with: an array, or an object that holds one under `name`. */
export function rowsOf(value: unknown, name: string): readonly Readonly<Record<string, unknown>>[] {
  const rows = isRecord(value) ? value[name] : value
  return Array.isArray(rows) ? rows.filter(isRecord) : []
}

/** A value as a cell of a table: nothing for what is absent, Thai or English for a text of both. */
export function cell(value: unknown, language: 'th' | 'en'): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map((item) => cell(item, language)).join(', ')
  if (isRecord(value)) return typeof value[language] === 'string' ? value[language] : JSON.stringify(value)
  return String(value)
}

/** The query string of what is defined, with its question mark. */
export function queryOf(values: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) if (value !== undefined) query.set(name, value)
  return query.size === 0 ? '' : `?${query}`
}
