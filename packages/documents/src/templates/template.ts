import type { Text } from '@sapan/kernel'
import type { Static, TSchema } from 'typebox'
import type { Attachment, Block, DocumentDescription, ImageSource } from '../layout/description.ts'

/** What a template says beside its data: words of the country pack, by key. */
export type Words<K extends string = string> = Readonly<Record<K, string>>

/** What is true of one document beside its data. */
export interface TemplateSetting {
  /** Milliseconds since 1970: when the document is issued, and the only time in the file. */
  readonly created: number
  /** The agency's emblem; without it a placeholder is drawn. */
  readonly emblem?: Uint8Array | ImageSource
  /** Where anyone can check the document; shown as a QR code and as text. */
  readonly checkAddress?: string
  /** How many sign it, each in a box; one by default. None where only the agency's seal comes on it. */
  readonly signatures?: number
  /** A draft says so across every page. */
  readonly draft?: boolean
}

/** A document as a template describes it: the rest (attachments, metadata, draft's mark) is the same for all. */
export type Described = Omit<DocumentDescription, 'attachments' | 'created' | 'watermark' | 'metadata'> & {
  readonly body: readonly Block[]
  readonly attachments?: readonly Attachment[]
}

/** A kind of document: which data it takes, which words it needs, and how it looks. */
export interface DocumentTemplate<S extends TSchema = TSchema, K extends string = string> {
  /** How commands and embedded data name it: `external-letter`. */
  readonly name: string
  /** Grows when data or look change, so that older documents are compared with what they were made by. */
  readonly version: number
  readonly title: Text
  readonly about: Text
  readonly schema: S
  /** Keys of the words that it needs. */
  readonly words: readonly K[]
  /** Made-up data, marked as such, with everything that the template can show. */
  readonly sample: Static<S>
  /** The last day on which the document counts (`2027-11-30`), as its page says it; absent: none of the kind lapses. */
  readonly lastDay?: (data: Static<S>) => string | undefined
  readonly describe: (data: Static<S>, words: Words<K>, setting: TemplateSetting) => Described
}

/** Gives a template its types; nothing else. */
export function defineTemplate<S extends TSchema, const K extends string>(
  template: DocumentTemplate<S, K>,
): DocumentTemplate<S, K> {
  return template
}
