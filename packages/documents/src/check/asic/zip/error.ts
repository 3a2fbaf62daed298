export type ZipErrorCode =
  /** No ZIP file at all, or cut off. */
  | 'not-zip'
  | 'malformed'
  | 'encrypted'
  /** ZIP64, several disks, methods other than stored and deflated, symbolic links. */
  | 'unsupported'
  /** Two entries of one name, also where only case or form of letters differs. */
  | 'duplicate-name'
  /** Absolute, with dots, backslashes, control or direction characters. */
  | 'unsafe-name'
  /** Entries that overlap, or bytes that belong to none. */
  | 'layout'
  | 'too-large'
  /** Unpacked bytes are not those that were packed. */
  | 'checksum'

/** A ZIP file that is not read. */
export class ZipError extends Error {
  override readonly name = 'ZipError'
  readonly code: ZipErrorCode

  constructor(code: ZipErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
