import type { Sealer } from '@sapan/trust'
import type { AttachmentDescription } from './attachment.ts'

/** Seals a piece for its place: it opens neither in another attachment nor under another number. */
export function sealPiece(sealer: Sealer, id: string, number: number, piece: Buffer): Buffer {
  return sealer.seal(piece, boundTo(id, String(number)))
}

/** Throws `sealed-unreadable`. */
export function openPiece(sealer: Sealer, id: string, number: number, sealed: Uint8Array): Buffer {
  return sealer.open(sealed, boundTo(id, String(number)))
}

export function sealDescription(sealer: Sealer, id: string, description: AttachmentDescription): Buffer {
  return sealer.seal(Buffer.from(JSON.stringify(description)), boundTo(id, 'description'))
}

/** Throws `sealed-unreadable`. */
export function openDescription(sealer: Sealer, id: string, sealed: Uint8Array): AttachmentDescription {
  return JSON.parse(sealer.open(sealed, boundTo(id, 'description')).toString('utf8')) as AttachmentDescription
}

function boundTo(id: string, part: string): Buffer {
  return Buffer.from(`sapan-queue attachment\n${id}\n${part}`)
}
