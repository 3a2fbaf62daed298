import type { Connection, PoolClient, Submittable } from 'pg'

/** The frontend messages `CopyData` and `CopyDone` (PostgreSQL: Message Formats). */
const COPY_DATA = 0x64
const COPY_DONE = Buffer.from([0x63, 0, 0, 0, 4])

/** A message may not pass 1 GiB; smaller ones let the server begin while the rest is under way. */
const FRAME = 8 * 1024 * 1024

/**
 * Sends a whole COPY in one write and one round trip. `sql` is `copy … from stdin (format binary)`, `data` comes from
 * `BinaryCopy.finish()`. Outside a transaction it commits by itself: when it resolves, the rows are durable.
 * Rejects with the database's error; then no row was stored.
 */
export function copyIn(client: PoolClient, sql: string, data: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(new Copy(sql, data, (error) => (error ? reject(error) : resolve())))
  })
}

/**
 * The driver's view of a query. The data is sent without waiting for `CopyInResponse`: a server that refused the
 * statement reads over the copy messages behind it, so nothing can be taken for something else.
 */
class Copy implements Submittable {
  readonly #sql: string
  readonly #data: Buffer
  /** Called by the driver as well, when it gives up on a query that takes too long. */
  callback: (error: Error | null) => void

  constructor(sql: string, data: Buffer, callback: (error: Error | null) => void) {
    this.#sql = sql
    this.#data = data
    this.callback = callback
  }

  submit(connection: Connection): null {
    const { stream } = connection
    stream.cork()
    connection.query(this.#sql)
    for (let at = 0; at < this.#data.length; at += FRAME) {
      const part = this.#data.subarray(at, at + FRAME)
      const head = Buffer.allocUnsafe(5)
      head[0] = COPY_DATA
      head.writeInt32BE(part.length + 4, 1)
      stream.write(head)
      stream.write(part)
    }
    stream.write(COPY_DONE)
    stream.uncork()
    return null
  }

  handleError(error: Error): void {
    this.callback(error)
  }

  handleReadyForQuery(): void {
    this.callback(null)
  }

  handleCopyInResponse(): void {}
  handleCommandComplete(): void {}
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
  handleCopyData(): void {}
}
