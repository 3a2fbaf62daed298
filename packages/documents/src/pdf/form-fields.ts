import { PdfError } from './error.ts'
import type { PdfFile } from './file.ts'
import { type PdfDict, type PdfObject, PdfRef } from './objects.ts'

/** A form field that has no fields below it (ISO 32000-2, 12.7.4). */
export interface FormField {
  /** Fully qualified. */
  readonly name: string
  readonly ref: PdfRef | undefined
  readonly dict: PdfDict
  /** FT, its own or inherited. */
  readonly type: string | undefined
  /** V as it stands, its own or inherited. */
  readonly value: PdfObject | undefined
  readonly flags: number
  /** The field itself where it is its own widget, else its kids. */
  readonly widgets: readonly { readonly ref: PdfRef | undefined; readonly dict: PdfDict }[]
}

interface Above {
  readonly name: string
  readonly type: PdfObject | undefined
  readonly value: PdfObject | undefined
  readonly flags: PdfObject | undefined
}

/** The fields of the form, in order. A field that is met twice, or in a loop, is `malformed`. */
export function formFields(file: PdfFile): FormField[] {
  const found: FormField[] = []
  const seen = new Set<number>()
  const visit = (object: PdfObject, above: Above, depth: number): void => {
    file.budget.work(1)
    if (depth > file.budget.limits.nesting) throw new PdfError('too-complex', 'The form is too deep')
    const ref = object instanceof PdfRef ? object : undefined
    if (ref) {
      if (seen.has(ref.num)) throw new PdfError('malformed', 'A form field stands in the form twice')
      seen.add(ref.num)
    }
    const dict = file.dict(object)
    if (!dict) return
    const own = inherit(file, dict, above)
    const kids = file.array(dict.get('Kids')) ?? []
    const fields = kids.filter((kid) => file.dict(kid)?.has('T'))
    if (fields.length > 0) for (const kid of fields) visit(kid, own, depth + 1)
    else found.push(field(file, ref, dict, own, kids))
  }
  const form = file.dict(file.catalog.get('AcroForm'))
  const top: Above = { name: '', type: undefined, value: undefined, flags: undefined }
  for (const object of file.array(form?.get('Fields')) ?? []) visit(object, top, 0)
  return found
}

function inherit(file: PdfFile, dict: PdfDict, above: Above): Above {
  const partial = file.text(dict.get('T'))
  return {
    name: partial === undefined ? above.name : above.name === '' ? partial : `${above.name}.${partial}`,
    type: dict.get('FT') ?? above.type,
    value: dict.get('V') ?? above.value,
    flags: dict.get('Ff') ?? above.flags,
  }
}

function field(
  file: PdfFile,
  ref: PdfRef | undefined,
  dict: PdfDict,
  own: Above,
  kids: readonly PdfObject[],
): FormField {
  const widgets =
    kids.length === 0
      ? [{ ref, dict }]
      : kids.flatMap((kid) => {
          const widget = file.dict(kid)
          return widget ? [{ ref: kid instanceof PdfRef ? kid : undefined, dict: widget }] : []
        })
  return {
    name: own.name,
    ref,
    dict,
    type: file.name(own.type),
    value: own.value,
    flags: file.number(own.flags) ?? 0,
    widgets,
  }
}

/** Which page each annotation stands on, by object number. */
export function annotationPages(file: PdfFile): Map<number, number> {
  const pages = new Map<number, number>()
  for (const page of file.pages()) {
    for (const annotation of file.array(page.dict.get('Annots')) ?? []) {
      if (annotation instanceof PdfRef) pages.set(annotation.num, page.index)
    }
  }
  return pages
}
