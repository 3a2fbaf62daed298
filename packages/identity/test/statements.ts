import pg from 'pg'
import { vi } from 'vitest'

/** The statements that a piece of work sends to PostgreSQL, in their order, with what they are called or say. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = []
  const query: (this: pg.Client, ...given: never[]) => unknown = pg.Client.prototype.query
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function noting(
    this: pg.Client,
    ...given: never[]
  ) {
    const statement: unknown = given[0]
    sent.push(typeof statement === 'string' ? statement : textOf(statement))
    return query.apply(this, given)
  })
  try {
    await work()
  } finally {
    spy.mockRestore()
  }
  return sent.map((text) => text.replaceAll(/\s+/g, ' '))
}

function textOf(statement: unknown): string {
  return typeof statement === 'object' && statement !== null && 'text' in statement
    ? String(statement.text)
    : ''
}
