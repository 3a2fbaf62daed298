import pg from 'pg'

/** The statements that a piece of work sends to PostgreSQL, in their order. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = []
  const prototype: { query(...given: unknown[]): unknown } = pg.Client.prototype
  const { query } = prototype
  prototype.query = function noting(...given) {
    sent.push(textOf(given[0]).replaceAll(/\s+/g, ' '))
    return query.apply(this, given)
  }
  try {
    await work()
  } finally {
    prototype.query = query
  }
  return sent
}

function textOf(statement: unknown): string {
  if (typeof statement === 'string') return statement
  return typeof statement === 'object' && statement !== null && 'text' in statement
    ? String(statement.text)
    : ''
}
