import type { PdfDict, PdfRef } from './objects.ts'
import type { SeedValues } from './seed-values.ts'

/** What is wrong with how a signature lies in its file. A signature with a flaw covers nothing for certain. */
export type SignatureFlaw =
  | 'byte-range-missing'
  | 'byte-range-malformed'
  | 'byte-range-start'
  | 'byte-range-gap'
  | 'byte-range-end'
  | 'contents-missing'
  | 'contents-not-hex'
  | 'contents-not-der'
  | 'contents-padding'
  | 'in-object-stream'
  | 'value-shared'
  | 'value-not-dictionary'
  | 'value-direct'
  | 'sub-filter-missing'
  | 'filter-missing'
  | 'field-name-duplicate'

/** What a signature locks of the form (ISO 32000-2, 12.7.5.5, 12.8.2.4). */
export interface FieldLock {
  readonly action: 'All' | 'Include' | 'Exclude'
  readonly fields: readonly string[]
  /** The access that the lock leaves (ISO 32000-2, table 236, P), where it says so. */
  readonly permissions: 1 | 2 | 3 | null
}

/** 1: no changes; 2: forms and signatures; 3: annotations too (ISO 32000-2, table 257). */
export type CertificationLevel = 1 | 2 | 3

export interface SignatureField {
  /** Fully qualified, `parent.child`. */
  readonly name: string
  readonly ref: PdfRef | undefined
  readonly dict: PdfDict
  /** The signature dictionary; undefined while the field is empty. */
  readonly value: PdfDict | undefined
  readonly valueRef: PdfRef | undefined
  readonly type: 'Sig' | 'DocTimeStamp'
  readonly subFilter: string | undefined
  /** As the file has it; undefined where it isn't four whole numbers. */
  readonly byteRange: readonly [number, number, number, number] | undefined
  /** The DER alone, without the zeros after it. Empty where there is none. */
  readonly contents: Uint8Array
  /** From `<` to the position after `>`. */
  readonly contentsRange: readonly [number, number] | undefined
  /** /M in ms, a mere claim. */
  readonly signedAt: number | undefined
  readonly reason: string | undefined
  readonly location: string | undefined
  readonly certification: CertificationLevel | null
  readonly fieldLock: FieldLock | undefined
  /** What the field demands of its signature. */
  readonly seedValues: SeedValues | undefined
  /** The revision that it closes, or -1. */
  readonly revision: number
  /** ByteRange is exactly all of that revision but the contents, and nothing in `flaws` says otherwise. */
  readonly coversWholeRevision: boolean
  /** 0-based; undefined where the widget is on no page. */
  readonly page: number | undefined
  readonly rect: readonly [number, number, number, number] | undefined
  readonly flaws: readonly SignatureFlaw[]
}
