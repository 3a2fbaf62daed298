import {
  encodeTextString,
  isArray,
  name,
  PdfDict,
  type PdfObject,
  PdfRef,
  PdfString,
} from '../../pdf/index.ts'
import type { Draft } from './draft.ts'

/** SigFlags (ISO 32000-2, table 225): signatures exist, and the file may only be appended to. */
const signaturesExist = 1
const appendOnly = 2

/** Print and Locked (table 167): PDF/A wants every annotation printable and none hidden (ISO 19005-3, 6.3.2). */
const widgetFlags = 4 + 128

export interface NewField {
  readonly name: string
  /** Which page it stands on, and where; all zeroes for an invisible one. */
  readonly page: PdfRef
  readonly rect: readonly [number, number, number, number]
  readonly value: PdfRef
  /** More of the widget: its appearance. */
  readonly more?: Readonly<Record<string, PdfObject>>
}

/** Adds a signature field that is its own widget to form and page, and says in the form that there are signatures. */
export function addSignatureField(draft: Draft, field: NewField): PdfRef {
  const widget = PdfDict.of({
    Type: name('Annot'),
    Subtype: name('Widget'),
    FT: name('Sig'),
    T: new PdfString(encodeTextString(field.name)),
    F: widgetFlags,
    Rect: field.rect,
    P: field.page,
    V: field.value,
    ...field.more,
  })
  const ref = draft.add(widget)
  append(draft, field.page, 'Annots', ref)
  const form = formOwner(draft)
  append(draft, form, 'Fields', ref)
  markSigned(draft)
  return ref
}

/** Says in the form that there are signatures. */
export function markSigned(draft: Draft): void {
  const form = formOwner(draft)
  const flags = draft.resolve(draft.dict(form)?.get('SigFlags'))
  const known = typeof flags === 'number' ? flags : 0
  const wanted = known | signaturesExist | appendOnly
  if (wanted !== known) draft.change(form, { SigFlags: wanted })
}

/** The form in an object of its own: one that stands in the catalog is put in one, one that is missing is made. */
function formOwner(draft: Draft): PdfRef {
  const entry = draft.catalog.get('AcroForm')
  if (entry instanceof PdfRef && draft.dict(entry)) return entry
  const ref = draft.add(draft.dict(entry) ?? PdfDict.of({ Fields: [] }))
  draft.change(draft.catalogRef, { AcroForm: ref })
  return ref
}

/** Appends to an array that stands in a dictionary's entry or behind a reference there. */
function append(draft: Draft, owner: PdfRef, key: string, added: PdfRef): void {
  const entry = draft.dict(owner)?.get(key)
  const before = draft.array(entry) ?? []
  if (entry instanceof PdfRef && isArray(draft.resolve(entry))) draft.replace(entry, [...before, added])
  else draft.change(owner, { [key]: [...before, added] })
}
