/** A gateway or center that answers. */
export interface Running {
  /** Ends in order: no new requests, those that run end, then the work in the background, then the database. */
  stop(): Promise<void>
}
