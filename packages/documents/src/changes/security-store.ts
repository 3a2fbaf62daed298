import { PdfDict, type PdfObject, PdfRef, PdfStream } from '../pdf/index.ts'
import { type Comparison, keysOf, markOf, type Place } from './comparison.ts'

const LISTS = new Set(['Certs', 'OCSPs', 'CRLs', 'Cert', 'OCSP', 'CRL'])

/** The document security store (ISO 32000-2, 12.8.4.3): it may grow; what is in it stays. */
export function compareSecurityStore(
  comparison: Comparison,
  before: PdfObject | undefined,
  after: PdfObject | undefined,
): void {
  const place: Place = { kind: 'validation-data-changed', path: 'Root/DSS' }
  const [old, now] = [comparison.before.dict(before), comparison.after.dict(after)]
  if (!now) {
    if (before !== undefined) comparison.report(place)
    return
  }
  const count = comparison.changes.length
  const hasGrown = compareStore(comparison, old ?? new PdfDict([]), now, place)
  if ((hasGrown || !old) && comparison.changes.length === count) {
    comparison.report({ ...place, kind: 'validation-data-added' })
  }
}

/** Whether it has grown. */
function compareStore(comparison: Comparison, old: PdfDict, now: PdfDict, place: Place): boolean {
  let hasGrown = false
  for (const key of keysOf(old, now)) {
    const at = { ...place, path: `${place.path}/${key}` }
    const [first, second] = [old.get(key), now.get(key)]
    if (LISTS.has(key)) hasGrown = compareList(comparison, first, second, at) || hasGrown
    else if (key === 'VRI') hasGrown = compareEntries(comparison, first, second, at) || hasGrown
    else if ((key === 'Type' || key === 'TU' || key === 'TS') && first === undefined) hasGrown = true
    else comparison.same(first, second, at, key)
  }
  return hasGrown
}

function compareEntries(
  comparison: Comparison,
  before: PdfObject | undefined,
  after: PdfObject | undefined,
  place: Place,
): boolean {
  const old = comparison.before.dict(before)
  const now = comparison.after.dict(after)
  if (!now) {
    comparison.same(before, after, place)
    return false
  }
  let hasGrown = false
  for (const key of keysOf(old, now)) {
    const at = { ...place, path: `${place.path}/${key}` }
    const first = comparison.before.dict(old?.get(key))
    const second = comparison.after.dict(now.get(key))
    if (key === 'Type' && !first) comparison.same(old?.get(key) ?? now.get(key), now.get(key), at)
    else if (second)
      hasGrown = compareStore(comparison, first ?? new PdfDict([]), second, at) || hasGrown || !first
    else comparison.same(old?.get(key), now.get(key), at)
  }
  return hasGrown
}

/** Streams by what they hold: renewal may list them anew. */
function compareList(
  comparison: Comparison,
  before: PdfObject | undefined,
  after: PdfObject | undefined,
  place: Place,
): boolean {
  const old = comparison.before.array(before) ?? []
  const now = comparison.after.array(after) ?? []
  const present = new Set(now.map(markOf))
  for (const item of old) {
    if (!(item instanceof PdfRef && present.has(markOf(item)))) comparison.report(place)
    else comparison.same(item, item, place)
  }
  for (const item of now) if (!(comparison.after.resolve(item) instanceof PdfStream)) comparison.report(place)
  return now.length > old.length
}
