import { once } from 'node:events'
import type { Connection, PoolClient, Submittable } from 'pg'

/**
 * Sends rows to `copy … from stdin` as they come, no faster than the server takes them. Rejects with the database's error
 * or with that of the rows; then none was stored.
 */
export function copyFrom(client: PoolClient, sql: string, rows: AsyncIterable<Uint8Array>): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(new CopyFrom(sql, rows, (error) => (error ? reject(error) : resolve())))
  })
}

/** What the driver's connection can do beside what its types say. */
interface TakingCopy extends Connection {
  sendCopyFromChunk(chunk: Uint8Array): void
  endCopyFrom(): void
  sendCopyFail(reason: string): void
}

/** The driver's view of a query that takes `CopyData`. */
class CopyFrom implements Submittable {
  readonly #sql: string
  readonly #rows: AsyncIterable<Uint8Array>
  readonly #done: (error: unknown) => void
  #failure: unknown
  #ended = false

  constructor(sql: string, rows: AsyncIterable<Uint8Array>, done: (error: unknown) => void) {
    this.#sql = sql
    this.#rows = rows
    this.#done = done
  }

  submit(connection: Connection): null {
    connection.query(this.#sql)
    return null
  }

  handleCopyInResponse(connection: Connection): void {
    void this.#send(connection as TakingCopy)
  }

  async #send(connection: TakingCopy): Promise<void> {
    const { stream } = connection
    try {
      for await (const chunk of this.#rows) {
        if (this.#ended) return
        connection.sendCopyFromChunk(chunk)
        if (stream.writableNeedDrain) await Promise.race([once(stream, 'drain'), once(stream, 'close')])
      }
      connection.endCopyFrom()
    } catch (error) {
      this.#failure = error
      connection.sendCopyFail('the rows ended early')
    }
  }

  handleError(error: Error): void {
    this.#ended = true
    this.#done(this.#failure ?? error)
  }

  handleReadyForQuery(): void {
    if (!this.#ended) this.#done(null)
  }

  handleCommandComplete(): void {}
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
}
