/**
 * Where segments of evidence contents lie outside the database. A segment is written once and never changed; without the
 * keys that stay in the database nobody reads it.
 */
export interface ArchiveStore {
  /** Where it is, as operators know it: a folder's path, or `s3://bucket/prefix`. No secret. */
  readonly place: string
  /**
   * Keeps a segment (some 16 MiB, more where a single content is larger) under a name of `[a-z0-9./-]`, and resolves when it
   * is durable. Throws `archive-unreachable`.
   */
  put(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>
  /**
   * That many bytes of a segment, from a place in it. Throws `archive-unreachable`, and `archive-lost` where the store has no
   * such segment or a shorter one.
   */
  read(name: string, from: number, length: number): Promise<Buffer>
  /** Removes a segment; also where it is gone already. Throws `archive-unreachable`. */
  remove(name: string): Promise<void>
}
