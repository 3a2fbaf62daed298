/** Why a file, or a part of it, can't be read. Stable: reports and problems are keyed by it. */
export type PdfErrorCode =
  | 'not-pdf'
  | 'truncated'
  | 'malformed'
  | 'encrypted'
  | 'wrong-password'
  | 'unsupported'
  | 'too-complex'

/** The one error that reading a PDF ends in. `offset` is a byte position in the file where one is known. */
export class PdfError extends Error {
  readonly code: PdfErrorCode
  readonly offset: number | undefined

  constructor(code: PdfErrorCode, message: string, offset?: number) {
    super(offset === undefined ? message : `${message} (at byte ${offset})`)
    this.name = 'PdfError'
    this.code = code
    this.offset = offset
  }
}

export function malformed(message: string, offset?: number): PdfError {
  return new PdfError('malformed', message, offset)
}
