import { Problem } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { exchangeProblem } from '../problems.ts'
import type { SignedMessage } from '../signature/message.ts'
import type { ArchiveStore } from './archive/archive-store.ts'
import { openPiece, openPointer } from './archive/piece.ts'
import { segmentName } from './archive/segment-name.ts'
import { type Content, openPlain, readContent, readHead } from './content.ts'
import type { StoredRecord } from './stored.ts'

/** Of a record, what it keeps sealed: the content itself, or where in an archive it lies. */
export type Kept = Pick<StoredRecord, 'digest' | 'segment'> & { readonly content: Buffer }

/** What of a record can be opened: head and body, the head with the body's digest, or nothing any more. */
export type KeptBody = 'full' | 'digest' | 'erased'

/** Opens what records keep sealed, in the database or in the archive. */
export class Contents {
  readonly #sealer: Sealer
  readonly #archive: Pick<ArchiveStore, 'read'> | undefined

  /** Without an archive, what lies in one cannot be reached. */
  constructor(sealer: Sealer, archive: Pick<ArchiveStore, 'read'> | undefined) {
    this.#sealer = sealer
    this.#archive = archive
  }

  /** Throws `sealed-unreadable`, `archive-unreachable`, `archive-lost`. */
  async open(kept: Kept): Promise<Content> {
    return readContent(await this.plain(kept))
  }

  /** What was sealed, as it was put together. Throws as `open` does. */
  async plain({ digest, content, segment }: Kept): Promise<Buffer> {
    const bound = digest.toString('hex')
    if (segment === null) return openPlain(this.#sealer, bound, content)
    const { from, length, key } = openPointer(this.#sealer, bound, segment, content)
    if (this.#archive === undefined) throw noArchive()
    const name = segmentName(segment)
    const plain = openPiece(await this.#archive.read(name, from, length), bound, key)
    if (plain === undefined) throw exchangeProblem('archive-lost', { detail: { th: name, en: name } })
    return plain
  }

  /** Asks no archive. Throws `sealed-unreadable`. */
  bodyOf({ digest, content, segment }: Pick<StoredRecord, 'digest' | 'content' | 'segment'>): KeptBody {
    if (content === null) return 'erased'
    const bound = digest.toString('hex')
    const hasBody =
      segment === null
        ? readContent(openPlain(this.#sealer, bound, content)).body !== null
        : openPointer(this.#sealer, bound, segment, content).hasBody
    return hasBody ? 'full' : 'digest'
  }
}

/** The head of a message; null where none was signed, and while the archive in which it lies gives nothing. */
export async function headOrNothing(contents: Contents, kept: Kept): Promise<SignedMessage | null> {
  try {
    return readHead(await contents.open(kept))
  } catch (error) {
    if (isOfArchive(error)) return null
    throw error
  }
}

/** Whether it is the archive that failed, and not the row. */
export function isOfArchive(error: unknown): boolean {
  return error instanceof Problem && (error.code === 'archive-unreachable' || error.code === 'archive-lost')
}

/** The problem of a gateway whose configuration has no archive. */
export function noArchive() {
  return exchangeProblem('archive-unreachable', {
    detail: { th: 'ไฟล์ตั้งค่าไม่มี evidence.archive', en: 'The configuration has no evidence.archive.' },
  })
}
