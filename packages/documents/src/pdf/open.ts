import { standardDecryptor } from './encryption/standard.ts'
import { malformed, PdfError } from './error.ts'
import { PdfFile, type Source } from './file.ts'
import { Budget, type PdfLimits } from './limits.ts'
import { readStructure } from './revisions.ts'

export interface OpenOptions {
  /** The user's or the owner's; without it, the empty one is tried. */
  readonly password?: string
  readonly limits?: Partial<PdfLimits>
}

/**
 * Opens a PDF strictly (ISO 32000-2, 7.5): nothing is repaired and nothing guessed, since what one reader guesses
 * another doesn't. Objects are read when they are asked for, so their getters throw `PdfError` too.
 */
export function openPdf(bytes: Uint8Array, options: OpenOptions = {}): PdfFile {
  const headerVersion = readHeader(bytes)
  const budget = new Budget(options.limits)
  const { revisions, trailing, warnings } = readStructure(bytes, budget)
  const source: Source = {
    bytes,
    budget,
    headerVersion,
    revisions: revisions.map((one) => one.revision),
    trailers: revisions.map((one) => one.trailer),
    trailing,
    warnings: [...warnings],
    encrypted: false,
    decryptor: undefined,
    parsed: new Map(),
    objectStreams: new Map(),
  }
  const file = openSource(source, options.password)
  void file.catalog
  return file
}

function openSource(source: Source, password: string | undefined): PdfFile {
  const plain = new PdfFile(source, source.revisions.length - 1)
  const encryption = plain.trailer.get('Encrypt')
  if (encryption === undefined) return plain
  const dict = plain.dict(encryption)
  if (!dict) throw malformed('The encryption dictionary is missing')
  const decryptor = standardDecryptor(plain, dict, password)
  const opened = { ...source, encrypted: true, decryptor, parsed: new Map(), objectStreams: new Map() }
  return new PdfFile(opened, source.revisions.length - 1)
}

function readHeader(bytes: Uint8Array): string {
  const head = String.fromCharCode(...bytes.subarray(0, 9))
  const version = /^%PDF-(\d\.\d)[\r\n\t %]/.exec(head)?.[1]
  if (version !== undefined) return version
  if ('%PDF-'.startsWith(head) && head.length > 0)
    throw new PdfError('truncated', 'The file ends in its first line')
  throw new PdfError('not-pdf', 'The file does not begin as a PDF', 0)
}
