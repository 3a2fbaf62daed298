import { Readable } from 'node:stream'
import type { Connection, PoolClient, Submittable } from 'pg'

/** How much may wait to be taken before the server is asked to pause. */
const waiting = 1024 * 1024

/**
 * What `copy … to stdout` gives, as it comes, no faster than it is taken. Fails with the database's error. Whoever stops
 * reading before the end must not use the connection again.
 */
export function copyOut(client: PoolClient, sql: string): Readable {
  let connection: Connection | undefined
  const rows = new Readable({ highWaterMark: waiting, read: () => connection?.stream.resume() })
  client.query(
    new CopyTo(sql, rows, (given) => {
      connection = given
    }),
  )
  return rows
}

/** The driver's view of a query whose rows come as `CopyData`. */
class CopyTo implements Submittable {
  readonly #sql: string
  readonly #rows: Readable
  readonly #began: (connection: Connection) => void
  #connection: Connection | undefined

  constructor(sql: string, rows: Readable, began: (connection: Connection) => void) {
    this.#sql = sql
    this.#rows = rows
    this.#began = began
  }

  submit(connection: Connection): null {
    this.#connection = connection
    this.#began(connection)
    connection.query(this.#sql)
    return null
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    // The driver goes on to use the memory in which it read this.
    if (!this.#rows.push(Buffer.from(chunk))) this.#connection?.stream.pause()
  }

  handleReadyForQuery(): void {
    this.#rows.push(null)
  }

  handleError(error: Error): void {
    this.#rows.destroy(error)
  }

  handleCommandComplete(): void {}
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
}
