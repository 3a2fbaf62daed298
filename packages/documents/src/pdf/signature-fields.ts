import { parseDate } from './date.ts'
import { derLength } from './der-length.ts'
import type { PdfFile } from './file.ts'
import { annotationPages, type FormField, formFields } from './form-fields.ts'
import { isArray, PdfDict, PdfRef, PdfString } from './objects.ts'
import { rectangle } from './pages.ts'
import type { Revision } from './revision.ts'
import { readSeedValues } from './seed-values.ts'
import type { CertificationLevel, FieldLock, SignatureField, SignatureFlaw } from './signature-field.ts'

type ByteRange = readonly [number, number, number, number]

/**
 * The signature fields of the form, empty ones too, in the form's order (ISO 32000-2, 12.8). Nothing is guessed: what
 * isn't exactly as a signature must lie in its file is named in `flaws`.
 */
export function signatureFields(file: PdfFile): SignatureField[] {
  const fields = formFields(file).filter((field) => field.type === 'Sig')
  if (fields.length === 0) return []
  const pages = annotationPages(file)
  const names = new Map<string, number>()
  const values = new Map<number, number>()
  for (const { name, value } of fields) {
    names.set(name, (names.get(name) ?? 0) + 1)
    if (value instanceof PdfRef) values.set(value.num, (values.get(value.num) ?? 0) + 1)
  }
  return fields.map((field) => {
    const flaws: SignatureFlaw[] = []
    if ((names.get(field.name) ?? 0) > 1) flaws.push('field-name-duplicate')
    if (field.value instanceof PdfRef && (values.get(field.value.num) ?? 0) > 1) flaws.push('value-shared')
    return readField(file, field, pages, flaws)
  })
}

function readField(
  file: PdfFile,
  field: FormField,
  pages: ReadonlyMap<number, number>,
  flaws: SignatureFlaw[],
): SignatureField {
  const value = file.dict(field.value)
  const valueRef = field.value instanceof PdfRef ? field.value : undefined
  const [widget] = field.widgets
  const lay = value ? readValue(file, value, valueRef, flaws) : NOTHING
  if (!value && file.resolve(field.value) !== null) flaws.push('value-not-dictionary')
  const placed = value && flaws.length === 0 ? closedRevision(file, lay, flaws) : -1
  return {
    name: field.name,
    ref: field.ref,
    dict: field.dict,
    value,
    valueRef,
    type: file.name(value?.get('Type')) === 'DocTimeStamp' ? 'DocTimeStamp' : 'Sig',
    subFilter: file.name(value?.get('SubFilter')),
    ...lay,
    signedAt: parseDate(file.text(value?.get('M'))),
    reason: file.text(value?.get('Reason')),
    location: file.text(value?.get('Location')),
    certification: value ? certification(file, value) : null,
    fieldLock: (value && lockedByReference(file, value)) ?? readLock(file, file.dict(field.dict.get('Lock'))),
    seedValues: readSeedValues(file, field.dict),
    revision: placed,
    coversWholeRevision: placed >= 0 && flaws.length === 0,
    page: widget?.ref && pages.get(widget.ref.num),
    rect: widget && rectangle(file, widget.dict.get('Rect')),
    flaws,
  }
}

interface Lay {
  readonly byteRange: ByteRange | undefined
  readonly contents: Uint8Array
  readonly contentsRange: readonly [number, number] | undefined
}

const NOTHING: Lay = { byteRange: undefined, contents: new Uint8Array(0), contentsRange: undefined }

function readValue(file: PdfFile, value: PdfDict, ref: PdfRef | undefined, flaws: SignatureFlaw[]): Lay {
  if (!value.has('Filter')) flaws.push('filter-missing')
  if (!value.has('SubFilter')) flaws.push('sub-filter-missing')
  if (!ref) flaws.push('value-direct')
  else if (file.objectOffset(ref) === undefined) flaws.push('in-object-stream')
  const byteRange = readByteRange(file, value, flaws)
  const contents = value.get('Contents')
  if (!(contents instanceof PdfString)) {
    flaws.push('contents-missing')
    return { ...NOTHING, byteRange }
  }
  if (!contents.hex) flaws.push('contents-not-hex')
  const contentsRange = [contents.start, contents.end] as const
  if (byteRange) {
    const [, first, second] = byteRange
    if (first !== contents.start || second !== contents.end || !onlyHex(file.bytes, first, second)) {
      flaws.push('byte-range-gap')
    }
  }
  return { byteRange, contents: withoutPadding(contents.bytes, flaws), contentsRange }
}

function readByteRange(file: PdfFile, value: PdfDict, flaws: SignatureFlaw[]): ByteRange | undefined {
  const object = value.get('ByteRange')
  if (object === undefined) {
    flaws.push('byte-range-missing')
    return undefined
  }
  // An array of its own: one behind a reference could be put in the place of another by a later revision.
  const [a, b, c, d, more] = isArray(object) ? object : []
  if (
    !whole(a) ||
    !whole(b) ||
    !whole(c) ||
    !whole(d) ||
    more !== undefined ||
    c + d > file.bytes.length ||
    c < b
  ) {
    flaws.push('byte-range-malformed')
    return undefined
  }
  if (a !== 0) flaws.push('byte-range-start')
  return [a, b, c, d]
}

function whole(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

/** Between `<` and `>` stand the digits of the signature and nothing else: white space could carry a message. */
function onlyHex(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start] !== 0x3c || bytes[end - 1] !== 0x3e) return false
  for (let at = start + 1; at < end - 1; at++) {
    const byte = bytes[at] ?? 0
    const digit = (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 70) || (byte >= 97 && byte <= 102)
    if (!digit) return false
  }
  return true
}

function withoutPadding(bytes: Uint8Array, flaws: SignatureFlaw[]): Uint8Array {
  const length = bytes[0] === 0x30 ? derLength(bytes) : undefined
  if (length === undefined) {
    flaws.push('contents-not-der')
    return bytes
  }
  for (let at = length; at < bytes.length; at++) {
    if (bytes[at] !== 0) {
      flaws.push('contents-padding')
      break
    }
  }
  return bytes.subarray(0, length)
}

/** The revision whose end is the end of the ByteRange: straight after its `%%EOF`, or after the end of that line. */
function closedRevision(file: PdfFile, { byteRange, contentsRange }: Lay, flaws: SignatureFlaw[]): number {
  if (!byteRange || !contentsRange) return -1
  const end = byteRange[2] + byteRange[3]
  const closes = ({ endOfMarker, end: endOfLine }: Revision) => end >= endOfMarker && end <= endOfLine
  const revision = file.revisions.find(closes)
  if (!revision) {
    flaws.push('byte-range-end')
    return -1
  }
  return revision.index
}

/** What a DocMDP reference allows (12.8.2.2); 2 where it says nothing. */
function certification(file: PdfFile, value: PdfDict): CertificationLevel | null {
  const parameters = transform(file, value, 'DocMDP')
  if (!parameters) return null
  const level = file.number(parameters.get('P')) ?? 2
  return level === 1 || level === 3 ? level : 2
}

function lockedByReference(file: PdfFile, value: PdfDict): FieldLock | undefined {
  return readLock(file, transform(file, value, 'FieldMDP'))
}

function transform(file: PdfFile, value: PdfDict, method: string): PdfDict | undefined {
  for (const object of file.array(value.get('Reference')) ?? []) {
    const reference = file.dict(object)
    if (file.name(reference?.get('TransformMethod')) !== method) continue
    return file.dict(reference?.get('TransformParams')) ?? new PdfDict([])
  }
  return undefined
}

function readLock(file: PdfFile, lock: PdfDict | undefined): FieldLock | undefined {
  const action = file.name(lock?.get('Action'))
  if (!lock || (action !== 'All' && action !== 'Include' && action !== 'Exclude')) return undefined
  const permissions = file.number(lock.get('P'))
  return {
    action,
    fields: (file.array(lock.get('Fields')) ?? []).flatMap((field) => file.text(field) ?? []),
    permissions: permissions === 1 || permissions === 2 || permissions === 3 ? permissions : null,
  }
}
