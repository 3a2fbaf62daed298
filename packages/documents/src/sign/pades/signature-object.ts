import { encodeTextString, formatDate, PdfString, writeObject } from '../../pdf/index.ts'
import type { Certification } from '../options.ts'
import { DraftedObject } from './draft.ts'
import type { FileBytes } from './file-bytes.ts'

/** Room for `[0 a b c]` with numbers of up to ten digits: files below 10 GB. */
const byteRangeBytes = 38

/** The handler and the encoding of signatures (ISO 32000-2, table 255; EN 319 142-1 §6.3). */
export const signatureFilter = 'Adobe.PPKLite'
export const signatureSubFilter = 'ETSI.CAdES.detached'

/** What of a signature dictionary is the signer's to say (ISO 32000-2, table 255). */
export interface SignatureWords {
  readonly time?: number
  readonly reason?: string | undefined
  readonly location?: string | undefined
  readonly certification?: Certification | undefined
  /** The lock of the field that is signed, as transform parameters (table 259). */
  readonly fieldLock?: Uint8Array | undefined
}

/**
 * A signature dictionary (12.8.1) with room for a signature of at most so many bytes. Where ByteRange and Contents
 * stand is known once it was written.
 */
export class SignatureObject extends DraftedObject {
  readonly #head: string
  readonly #tail: string
  readonly #mostBytes: number
  #byteRangeAt = 0
  #contentsAt = 0

  constructor(head: string, tail: string, mostBytes: number) {
    super()
    this.#head = head
    this.#tail = tail
    this.#mostBytes = mostBytes
  }

  /** A signature (EN 319 142-1 §6.3): SubFilter ETSI.CAdES.detached, the time in M only. */
  static signature(words: SignatureWords, mostBytes: number): SignatureObject {
    const { time, reason, location } = words
    const parts = [
      time === undefined ? '' : `/M (${formatDate(time)})`,
      textEntry('Reason', reason),
      textEntry('Location', location),
      references(words),
    ]
    return new SignatureObject(`<</Type/Sig${family(signatureSubFilter)}`, `${parts.join('')}>>`, mostBytes)
  }

  /** A document time-stamp (ISO 32000-2, 12.8.5). */
  static timestamp(mostBytes: number): SignatureObject {
    return new SignatureObject(`<</Type/DocTimeStamp${family('ETSI.RFC3161')}/V 0`, '>>', mostBytes)
  }

  writeTo(out: FileBytes): void {
    out.text(`${this.#head}/ByteRange `)
    this.#byteRangeAt = out.length
    out.text(`${' '.repeat(byteRangeBytes)}/Contents `)
    this.#contentsAt = out.length
    out.text('<')
    out.zeros(this.#mostBytes * 2)
    out.text(`>${this.#tail}`)
  }

  /** Position of `<`. */
  get gapStart(): number {
    return this.#contentsAt
  }

  /** The position after `>`. */
  get gapEnd(): number {
    return this.#contentsAt + this.#mostBytes * 2 + 2
  }

  /** Says what is covered: all up to the present end of the file but Contents. */
  fillByteRange(out: FileBytes): void {
    const text = `[0 ${this.gapStart} ${this.gapEnd} ${out.length - this.gapEnd}]`
    out.overwrite(this.#byteRangeAt, text)
  }

  /** Puts the signature in; false when it has more bytes than there is room for. */
  fillContents(out: FileBytes, signature: Uint8Array): boolean {
    if (signature.length > this.#mostBytes) return false
    out.overwriteHex(this.#contentsAt + 1, signature)
    return true
  }

  /** The value of Contents with its padding, to which VRI refers (ISO 32000-2, 12.8.4.4). */
  paddedContents(signature: Uint8Array): Uint8Array {
    const padded = new Uint8Array(this.#mostBytes)
    padded.set(signature)
    return padded
  }
}

function family(subFilter: string): string {
  return `/Filter/${signatureFilter}/SubFilter/${subFilter}`
}

function textEntry(key: string, text: string | undefined): string {
  if (text === undefined || text === '') return ''
  return `/${key} ${latin1(writeObject(new PdfString(encodeTextString(text))))}`
}

function references({ certification, fieldLock }: SignatureWords): string {
  const certified =
    certification === undefined
      ? ''
      : reference('DocMDP', `<</Type/TransformParams/P ${certification}/V/1.2>>`)
  const locked = fieldLock === undefined ? '' : reference('FieldMDP', latin1(fieldLock))
  return certified + locked === '' ? '' : `/Reference[${certified}${locked}]`
}

function reference(method: string, parameters: string): string {
  return `<</Type/SigRef/TransformMethod/${method}/TransformParams ${parameters}>>`
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
}
