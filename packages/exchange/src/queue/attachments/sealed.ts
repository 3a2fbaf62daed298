import type { Sealer } from '@sapan/trust'
import type { AttachmentDescription } from './attachment.ts'

/** Seals a piece for its place: it opens neither in another attachment nor under another number. */
export function sealPiece(sealer: Sealer, id: string, number: number, piece: Buffer): Buffer {
  return sealPart(sealer, id, String(number), piece)
}

/** Throws `sealed-unreadable`. */
export function openPiece(sealer: Sealer, id: string, number: number, sealed: Uint8Array): Buffer {
  return openPart(sealer, id, String(number), sealed)
}

export function sealDescription(sealer: Sealer, id: string, description: AttachmentDescription): Buffer {
  return sealPart(sealer, id, 'description', Buffer.from(JSON.stringify(description)))
}

/** Throws `sealed-unreadable`. */
export function openDescription(sealer: Sealer, id: string, sealed: Uint8Array): AttachmentDescription {
  return JSON.parse(openPart(sealer, id, 'description', sealed).toString('utf8')) as AttachmentDescription
}

/** Seals what is kept of an attachment: its `description`, or a piece by its number. */
export function sealPart(sealer: Sealer, id: string, part: string, plain: Uint8Array): Buffer {
  return sealer.seal(plain, boundTo(id, part))
}

/** Throws `sealed-unreadable`. */
export function openPart(sealer: Sealer, id: string, part: string, sealed: Uint8Array): Buffer {
  return sealer.open(sealed, boundTo(id, part))
}

function boundTo(id: string, part: string): Buffer {
  return Buffer.from(`sapan-queue attachment\n${id}\n${part}`)
}
