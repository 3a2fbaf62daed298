import {
  encodeTextString,
  name,
  PdfDict,
  type PdfObject,
  type PdfPage,
  PdfRef,
  PdfString,
  type SignatureField,
} from '../../pdf/index.ts'
import { signProblem } from '../../problems/sign.ts'
import type { PdfSigningOptions } from '../options.ts'
import { type AppearanceBox, drawAppearance } from './appearance.ts'
import type { Draft } from './draft.ts'
import { addSignatureField, markSigned } from './form.ts'
import type { SignableFile } from './open.ts'
import { structurePlace } from './structure.ts'

/** Where a signature goes. */
export interface SignaturePlace {
  /** The object that will be the signature dictionary. */
  readonly value: PdfRef
  /** Transform parameters of the field's lock, where it has one. */
  readonly lock: PdfDict | undefined
}

interface PlaceOptions extends Pick<PdfSigningOptions, 'field' | 'appearance'> {
  /** Whether the field demands that its signature permits no change afterwards. */
  readonly isClosing: boolean
}

/**
 * The empty field of that name, or a new one. `names` gets the new name. Throws `signature-field-taken`,
 * `signature-field-unusable` or `signature-appearance-unusable`.
 */
export function placeSignature(
  draft: Draft,
  signable: SignableFile,
  options: PlaceOptions,
  names: Set<string>,
): SignaturePlace {
  const { field: wanted } = options
  const existing = wanted === undefined ? undefined : signable.fields.find((each) => each.name === wanted)
  const value = draft.reserve()
  if (existing) {
    fillField(draft, signable, existing, value, options)
    return { value, lock: lockOf(draft, existing, options) }
  }
  const fieldName = wanted ?? freeName(names, 'Signature')
  if (names.has(fieldName) || fieldName === '' || fieldName.includes('.')) {
    throw signProblem('signature-field-unusable', fieldName, fieldName)
  }
  names.add(fieldName)
  addField(draft, signable, fieldName, value, options)
  return { value, lock: undefined }
}

/** `Signature1` and so on, the first that no field has. */
export function freeName(names: ReadonlySet<string>, stem: string): string {
  for (let number = 1; ; number++) if (!names.has(`${stem}${number}`)) return `${stem}${number}`
}

function fillField(
  draft: Draft,
  signable: SignableFile,
  field: SignatureField,
  value: PdfRef,
  { appearance }: PlaceOptions,
): void {
  if (field.value) throw signProblem('signature-field-taken', field.name, field.name)
  if (!field.ref || field.flaws.length > 0)
    throw signProblem('signature-field-unusable', field.name, field.name)
  draft.change(field.ref, { V: value })
  markSigned(draft)
  if (!appearance) return
  const widget = widgetOf(draft, field)
  if (!widget || !field.rect) {
    throw signProblem(
      'signature-field-unusable',
      `${field.name} ไม่มีที่บนหน้า`,
      `${field.name} stands on no page`,
    )
  }
  const box = boxOf(field.rect, signable, field.page ?? 0)
  draft.change(widget, { AP: appearanceDict(drawAppearance(draft, box, appearance.lines)) })
}

/** The field is its own widget, or has one below it. */
function widgetOf(draft: Draft, field: SignatureField): PdfRef | undefined {
  const [kid] = draft.array(field.dict.get('Kids')) ?? []
  return kid instanceof PdfRef ? kid : field.ref
}

const invisible = [0, 0, 0, 0] as const

function addField(
  draft: Draft,
  signable: SignableFile,
  fieldName: string,
  value: PdfRef,
  { appearance }: PlaceOptions,
): void {
  const number = appearance?.page ?? 0
  const page = signable.file.pages()[number]
  if (!page)
    throw signProblem('signature-field-unusable', `ไม่มีหน้า ${number + 1}`, `There is no page ${number + 1}`)
  const rect = appearance?.rect ?? invisible
  if (appearance && !appearance.rect) throw noSuchField(fieldName, signable)
  if (!appearance) {
    addSignatureField(draft, { name: fieldName, page: page.ref, rect, value })
    return
  }
  const box = boxOf(rect, signable, number)
  checkOnPage(rect, page)
  const structure = isSigned(signable) ? undefined : structurePlace(draft)
  const more: Record<string, PdfObject> = {
    AP: appearanceDict(drawAppearance(draft, box, appearance.lines)),
    // What is read out in place of the picture (ISO 32000-2, table 226).
    TU: new PdfString(encodeTextString(appearance.lines.join(' '))),
    ...(structure && { StructParent: structure.key }),
  }
  const widget = addSignatureField(draft, { name: fieldName, page: page.ref, rect, value, more })
  structure?.fill(widget, page.ref)
  // ISO 14289-1, 7.18.3.
  if (structure && !page.dict.has('Tabs')) draft.change(page.ref, { Tabs: name('S') })
}

/**
 * What others have signed keeps its structure: tags that come later are for many checkers a change that no signature
 * permits. There the field has its words for assistive technology in TU only.
 */
function isSigned({ fields }: SignableFile): boolean {
  return fields.some(({ value }) => value !== undefined)
}

/** What reaches beyond the page is cut off, or not seen at all. */
function checkOnPage(
  [left, bottom, right, top]: readonly [number, number, number, number],
  { cropBox: [west, south, east, north], index }: PdfPage,
): void {
  if (left >= west && bottom >= south && right <= east && top <= north) return
  const size = `${west},${south},${east},${north}`
  throw signProblem(
    'signature-field-unusable',
    `กรอบอยู่นอกหน้า ${index + 1} ซึ่งมีขนาด ${size}`,
    `The box reaches beyond page ${index + 1}, which is ${size}`,
  )
}

function noSuchField(wanted: string, { fields }: SignableFile) {
  const free = fields.filter(({ value }) => value === undefined).map(({ name: each }) => each)
  const [thai, english] = free.length === 0 ? ['ไม่มีช่องว่างเลย', 'none'] : [free.join(', '), free.join(', ')]
  return signProblem(
    'signature-field-unusable',
    `ไม่มีช่อง ${wanted} ช่องที่ยังว่าง: ${thai}`,
    `There is no field ${wanted}; those that are empty: ${english}`,
  )
}

function appearanceDict(normal: PdfRef): PdfDict {
  return PdfDict.of({ N: normal })
}

function boxOf(
  [left, bottom, right, top]: readonly [number, number, number, number],
  { file }: SignableFile,
  page: number,
): AppearanceBox {
  const width = right - left
  const height = top - bottom
  if (!(width > 0 && height > 0)) {
    throw signProblem(
      'signature-field-unusable',
      'กรอบลายมือชื่อไม่มีขนาด',
      'The box of the signature has no size',
    )
  }
  return { width, height, rotate: file.pages()[page]?.rotate ?? 0 }
}

/**
 * A lock (ISO 32000-2, 12.7.5.5) is repeated in the signature as what it then binds (12.8.2.4). One that a field only
 * demands is made: of all fields, where the field has no lock that names some.
 */
function lockOf(draft: Draft, field: SignatureField, { isClosing }: PlaceOptions): PdfDict | undefined {
  const lock = draft.dict(field.dict.get('Lock'))
  if (!lock && !isClosing) return undefined
  return PdfDict.of({
    Type: name('TransformParams'),
    V: name('1.2'),
    Action: lock?.get('Action') ?? name('All'),
    Fields: lock?.get('Fields'),
    P: isClosing ? 1 : lock?.get('P'),
  })
}
