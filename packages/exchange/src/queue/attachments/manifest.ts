import { createHash } from 'node:crypto'
import { canonicalJson } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import type { Attachment, AttachmentDescription } from './attachment.ts'
import { openDescription } from './sealed.ts'

/** What is said of one attachment of a message, by its sender and of what came. */
export interface ManifestEntry extends AttachmentDescription {
  /** The id that its sender gave it. */
  readonly id: string
  /** Bytes. */
  readonly length: number
  /** SHA-256 of the whole, hex. */
  readonly digest: string
}

/** What is said of a message's attachments, in their order. All of them must be here as a whole. */
export function manifestOf(sealer: Sealer, attachments: readonly Attachment[]): ManifestEntry[] {
  return attachments.map(({ id, sentAs, length, digest, description }) => {
    if (!digest) throw new Error('an attachment without a digest has no place in a manifest')
    const { name, mediaType } = openDescription(sealer, id, description)
    return { id: sentAs ?? id, length, digest: digest.toString('hex'), mediaType, name }
  })
}

/** SHA-256 over the manifest's canonical JSON (RFC 8785): it is signed with the message, and stands in its receipts. */
export function manifestDigest(manifest: readonly ManifestEntry[]): Buffer {
  return createHash('sha256').update(canonicalJson(manifest)).digest()
}
