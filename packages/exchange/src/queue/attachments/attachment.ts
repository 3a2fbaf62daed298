/** Of this many bytes is each piece of an attachment, but the last: small ones leave less behind for the collector. */
export const pieceBytes = 256 * 1024

/** A message names no more. */
export const mostAttachments = 20

/** Something large that a system uploads, to go with a message of its own. */
export interface Attachment {
  readonly id: string
  /** The subsystem that uploads it. */
  readonly client: string
  readonly service: string
  readonly operation: string
  /** How many bytes it has when all of it is here. */
  readonly length: number
  /** How many of them are here. */
  readonly received: number
  /** SHA-256 of the whole; null until all of it is here. */
  readonly digest: Buffer | null
  /** What its sender says of it, sealed. */
  readonly description: Buffer
  /** The id that its sender gave it; null of one that was uploaded here. */
  readonly sentAs: string | null
  /** SHA-256 that its sender says it has; null of one that was uploaded here. */
  readonly expected: Buffer | null
  /** The number of the message that has it: of one that is to be sent, or that came. */
  readonly outgoing: number | null
  readonly incoming: number | null
}

/** What a sender says of an attachment. */
export interface AttachmentDescription {
  readonly name: string | null
  readonly mediaType: string
}

/** The number of the piece in which that byte stands, and where in it. */
export function placeOf(offset: number): { number: number; at: number } {
  return { number: Math.floor(offset / pieceBytes), at: offset % pieceBytes }
}

/** How many pieces an attachment of that length has. */
export function piecesOf(length: number): number {
  return Math.ceil(length / pieceBytes)
}
