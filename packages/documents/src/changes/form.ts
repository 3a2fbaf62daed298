import { sameBytes } from '../bytes.ts'
import { PdfDict, type PdfObject, PdfRef, writeObject } from '../pdf/index.ts'
import { type Comparison, keysOf, markOf, type Place } from './comparison.ts'
import { type Above, addField, nameIn, reportSigned, TOP } from './new-field.ts'
import { appearanceNumbers } from './reach.ts'

/** What filling in a field changes, in it and in its widgets. */
const FILLED = new Set(['V', 'AP', 'AS', 'I', 'RV', 'M'])
/** What signing an empty signature field changes. */
const SIGNED = new Set(['V', 'AP', 'AS', 'M', 'F'])

/** The interactive form (ISO 32000-2, 12.7): fields filled, signed, added; all else is a change of the form itself. */
export function compareForm(
  comparison: Comparison,
  before: PdfObject | undefined,
  after: PdfObject | undefined,
): void {
  const place: Place = { kind: 'form-changed', path: 'Root/AcroForm' }
  const old = comparison.before.dict(before) ?? new PdfDict([])
  const form = comparison.after.dict(after)
  if (!form) {
    if (comparison.before.dict(before)) comparison.report(place)
    return
  }
  for (const key of keysOf(old, form)) {
    const at = { ...place, path: `${place.path}/${key}` }
    const [first, second] = [old.get(key), form.get(key)]
    if (key === 'Fields') compareFields(comparison, first, second, TOP, at)
    else if (key === 'SigFlags') comparison.same(first, second, { ...at, kind: 'form-flags' })
    else if (key === 'NeedAppearances')
      comparison.same(first ?? false, second ?? false, { ...at, kind: 'form-appearances-regenerated' })
    else if (key === 'XFA') comparison.same(first, second, { ...at, kind: 'xfa' })
    else if (key === 'DR') compareResources(comparison, first, second, at)
    else if (key === 'DA' && first === undefined) comparison.report({ ...at, kind: 'form-resources-added' })
    else comparison.same(first, second, at, key)
  }
}

/** Resources of the form may grow; what is there stays. */
function compareResources(
  comparison: Comparison,
  before: PdfObject | undefined,
  after: PdfObject | undefined,
  place: Place,
): void {
  const old = comparison.before.dict(before)
  const now = comparison.after.dict(after)
  if (!now) {
    comparison.same(before, after, place)
    return
  }
  for (const key of keysOf(old, now)) {
    const first = comparison.before.dict(old?.get(key))
    const second = comparison.after.dict(now.get(key))
    const at = { ...place, path: `${place.path}/${key}` }
    if (!second || (old?.has(key) && !first)) {
      comparison.same(old?.get(key), now.get(key), at)
      continue
    }
    for (const name of keysOf(first, second)) {
      const own = { ...at, path: `${at.path}/${name}` }
      if (first?.has(name)) comparison.same(first.get(name), second.get(name), own)
      else comparison.report({ ...own, kind: 'form-resources-added' })
    }
  }
}

function compareFields(
  comparison: Comparison,
  before: PdfObject | undefined,
  after: PdfObject | undefined,
  above: Above,
  place: Place,
): void {
  const old = comparison.before.array(before) ?? []
  const now = comparison.after.array(after) ?? []
  const kept = numbersOf(old)
  const present = numbersOf(now)
  for (const [i, item] of old.entries()) {
    const at = { ...place, path: `${place.path}[${i}]` }
    if (!(item instanceof PdfRef)) comparison.same(item, now[i], { ...at, kind: 'field-changed' })
    else if (!present.has(item.num)) reportRemoved(comparison, item, above, at)
  }
  for (const [i, item] of now.entries()) {
    const at = { ...place, path: `${place.path}[${i}]` }
    if (!(item instanceof PdfRef)) {
      if (i >= old.length) comparison.report({ ...at, kind: 'field-added' })
    } else if (kept.has(item.num)) compareField(comparison, item, above, at)
    else addField(comparison, item, above, at)
  }
  if (present.size < now.filter((item) => item instanceof PdfRef).length) comparison.report(place)
}

function numbersOf(items: readonly PdfObject[]): Set<number> {
  return new Set(items.flatMap((item) => (item instanceof PdfRef ? [item.num] : [])))
}

function reportRemoved(comparison: Comparison, ref: PdfRef, above: Above, place: Place): void {
  const { before } = comparison
  const dict = before.dict(ref)
  const isSigned =
    (before.name(dict?.get('FT')) ?? above.type) === 'Sig' && before.resolve(dict?.get('V')) !== null
  const kind = isSigned ? 'signature-removed' : 'field-removed'
  comparison.report(
    { ...place, kind, field: nameIn(before.text(dict?.get('T')), above) },
    { object: ref.num },
  )
}

/** A field that was there before. */
function compareField(comparison: Comparison, ref: PdfRef, above: Above, place: Place): void {
  const { before, after } = comparison
  if (comparison.formNodes.has(ref.num)) return
  comparison.formNodes.add(ref.num)
  const old = before.dict(ref)
  const now = after.dict(ref)
  const own: Above = {
    name: nameIn(before.text(old?.get('T')), above),
    type: before.name(old?.get('FT')) ?? above.type,
    value: old?.get('V') ?? above.value,
    isFilled: above.isFilled || isOther(comparison, old, now, 'V'),
  }
  const at = { ...place, field: own.name, kind: 'field-changed' as const }
  if (!old || !now) {
    comparison.report(at, { object: ref.num })
    return
  }
  const wasSigned = own.type === 'Sig' && before.resolve(own.value) !== null
  const isSigned = own.type === 'Sig' && after.dict(now.get('V')) !== undefined
  if (isSigned && !wasSigned) reportSigned(comparison, now, at, false)
  const state = wasSigned ? 'signed' : isSigned ? 'signing' : own.type === 'Sig' ? 'empty' : 'other'
  compareEntries(comparison, old, now, state, at, ref.num, own.isFilled)
  compareKids(comparison, old, now, own, state, at)
}

type FieldState = 'signed' | 'signing' | 'empty' | 'other'

function compareEntries(
  comparison: Comparison,
  old: PdfDict,
  now: PdfDict,
  state: FieldState,
  place: Place,
  object: number,
  hasOtherValue: boolean,
): void {
  const isFilling = hasOtherValue || isOther(comparison, old, now, 'AS') || isOther(comparison, old, now, 'I')
  if (state === 'signing' || state === 'other') checkAppearance(comparison, old, now, place, object)
  let isFilled = false
  for (const key of keysOf(old, now)) {
    const at = { ...place, path: `${place.path}/${key}` }
    if (key === 'Kids') continue
    if (state === 'signing' && SIGNED.has(key)) continue
    if (state === 'other' && FILLED.has(key)) {
      const count = comparison.changes.length
      // A look that is another without another value says what nobody filled in.
      const kind = key === 'AP' && !isFilling ? 'field-look-changed' : 'field-filled'
      if (!isFilled) comparison.same(old.get(key), now.get(key), { ...at, kind }, key, object)
      isFilled ||= comparison.changes.length > count
      continue
    }
    comparison.same(old.get(key), now.get(key), { ...at, kind: kindOf(state, key) }, key, object)
  }
}

/** Whether the entry is another, as far as it is written in one piece. */
function isOther(
  { before, after }: Comparison,
  old: PdfDict | undefined,
  now: PdfDict | undefined,
  key: string,
) {
  const [first, second] = [before.resolve(old?.get(key)), after.resolve(now?.get(key))]
  return !sameBytes(writeObject(first), writeObject(second))
}

/** An appearance that gives way was perhaps not the field's alone: then something else than a field was drawn with it. */
function checkAppearance(
  comparison: Comparison,
  old: PdfDict,
  now: PdfDict,
  place: Place,
  object: number,
): void {
  const [before, after] = [old.get('AP'), now.get('AP')]
  if (before === undefined) return
  const numbers = appearanceNumbers(comparison.before, before)
  const numbersNow = appearanceNumbers(comparison.after, after)
  if ([...numbers].every((num) => numbersNow.has(num))) return
  if ([...numbers].some((num) => comparison.outside.has(num))) {
    comparison.report({ ...place, kind: 'appearance-shared', path: `${place.path}/AP` }, { object })
  }
}

function kindOf(
  state: FieldState,
  key: string,
): 'action' | 'signature-changed' | 'signed-appearance-changed' | 'field-changed' {
  if (key === 'A' || key === 'AA') return 'action'
  if (state !== 'signed') return 'field-changed'
  if (key === 'V') return 'signature-changed'
  return key === 'AP' || key === 'AS' || key === 'Rect' || key === 'F'
    ? 'signed-appearance-changed'
    : 'field-changed'
}

/** Kids with names are fields, the others widgets of this one (12.7.4.1). */
function compareKids(
  comparison: Comparison,
  old: PdfDict,
  now: PdfDict,
  own: Above,
  state: FieldState,
  place: Place,
): void {
  const { before, after } = comparison
  const at = { ...place, path: `${place.path}/Kids` }
  const first = before.array(old.get('Kids'))
  const second = after.array(now.get('Kids'))
  if (!first || !second) {
    comparison.same(old.get('Kids'), now.get('Kids'), at)
    return
  }
  const named = [...first.map((kid) => before.dict(kid)), ...second.map((kid) => after.dict(kid))]
  if (named.some((kid) => kid?.has('T'))) {
    compareFields(comparison, first, second, own, at)
    return
  }
  if (first.length !== second.length) {
    comparison.report(at)
    return
  }
  first.forEach((kid, i) => {
    const other = second[i]
    const where = { ...at, path: `${at.path}[${i}]` }
    if (!(kid instanceof PdfRef && markOf(kid) === markOf(other))) {
      comparison.same(kid, other, where)
      return
    }
    if (comparison.formNodes.has(kid.num)) return
    comparison.formNodes.add(kid.num)
    const [widget, widgetNow] = [before.dict(kid), after.dict(kid)]
    if (widget && widgetNow)
      compareEntries(comparison, widget, widgetNow, state, where, kid.num, own.isFilled)
    else comparison.same(kid, other, where)
  })
}
