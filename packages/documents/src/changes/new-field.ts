import { type PdfDict, type PdfObject, PdfRef } from '../pdf/index.ts'
import type { Comparison, Place } from './comparison.ts'

/** What a field takes over from those above it. */
export interface Above {
  readonly name: string
  readonly type: string | undefined
  /** V before, inherited. */
  readonly value: PdfObject | undefined
  /** V, its own or an inherited one, is another now. */
  readonly isFilled: boolean
}

export const TOP: Above = { name: '', type: undefined, value: undefined, isFilled: false }

export function nameIn(partial: string | undefined, above: Above): string {
  return partial === undefined ? above.name : above.name === '' ? partial : `${above.name}.${partial}`
}

/** A field that this revision brings: only one for signatures is more than an intrusion. */
export function addField(comparison: Comparison, ref: PdfRef, above: Above, place: Place): void {
  const { after } = comparison
  const dict = after.dict(ref)
  const field = nameIn(after.text(dict?.get('T')), above)
  const at = { ...place, field }
  const kids = after.array(dict?.get('Kids')) ?? []
  const widgets = kids.length === 0 ? [ref] : kids
  const isPlain =
    (after.name(dict?.get('FT')) ?? above.type) === 'Sig' &&
    kids.length < 2 &&
    comparison.before.dict(ref) === undefined
  if (!dict || !isPlain || comparison.formNodes.has(ref.num)) {
    comparison.report({ ...at, kind: 'field-added' }, { object: ref.num })
    return
  }
  comparison.formNodes.add(ref.num)
  for (const widget of widgets) {
    const own = after.dict(widget)
    if (
      !(widget instanceof PdfRef) ||
      own?.has('T') === (widget !== ref) ||
      own?.has('A') ||
      own?.has('AA')
    ) {
      comparison.report({ ...at, kind: own?.has('A') || own?.has('AA') ? 'action' : 'field-added' })
      return
    }
    comparison.formNodes.add(widget.num)
    comparison.newWidgets.set(widget.num, field)
  }
  // Below a field that was there, it changes that field as well.
  const kind = above === TOP ? 'signature-field-added' : 'signature-field-nested'
  comparison.report({ ...at, kind }, { object: ref.num })
  if (after.dict(dict.get('V'))) reportSigned(comparison, dict, at, true)
}

export function reportSigned(comparison: Comparison, field: PdfDict, place: Place, newField: boolean): void {
  const value = comparison.after.dict(field.get('V'))
  const kind =
    comparison.after.name(value?.get('Type')) === 'DocTimeStamp' ? 'timestamp-added' : 'signature-added'
  comparison.report({ ...place, kind, path: `${place.path}/V` }, { newField })
}
