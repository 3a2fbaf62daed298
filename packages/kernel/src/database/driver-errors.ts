import pg from 'pg'

/** What connections to the database failed with: a socket of anything else says the same (`ECONNRESET`). */
const ofDriver = new WeakSet<object>()

/** A connection of which each failure is known as the database's, from the first attempt to connect on, also under TLS. */
export class WatchedClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    this.connection.on('error', markAsDatabases)
  }
}

/** Whether an error came out of a connection to the database. */
export function isOfDriver(error: Error): boolean {
  return ofDriver.has(error)
}

/** Takes an error as one of a connection to the database; the parts of a group (several addresses) with it. */
export function markAsDatabases(error: unknown): void {
  if (!(error instanceof Error)) return
  ofDriver.add(error)
  if (error instanceof AggregateError) error.errors.forEach(markAsDatabases)
}
