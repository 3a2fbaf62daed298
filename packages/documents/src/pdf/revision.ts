/** Where an object lies: in the file at `offset`, or as number `index` in object stream `stream`; or its number is free. */
export type XrefEntry =
  | { readonly gen: number; readonly offset: number }
  | { readonly stream: number; readonly index: number }
  | 'free'

/**
 * One state of a file: what was written up to one `%%EOF` (ISO 32000-2, 7.5.6). A linearised file's two sections are
 * one revision.
 */
export interface Revision {
  /** 0 is the oldest. */
  readonly index: number
  /** The end of the revision before, 0 for the first. */
  readonly start: number
  /** The position after `%%EOF`, and after its end of line where it has one. */
  readonly end: number
  /** The position straight after `%%EOF`. A signature may have been made over a file that ended here. */
  readonly endOfMarker: number
  /** Where its cross-reference section begins: what `startxref` says. */
  readonly startxref: number
  readonly kind: 'table' | 'stream' | 'hybrid'
  /** Only what this revision wrote. */
  readonly objects: ReadonlyMap<number, XrefEntry>
}
