import { isArray, type PdfDict, PdfError, type PdfObject, type PdfPage, PdfRef } from '../pdf/index.ts'
import type { ChangeKind } from './change.ts'
import { type Comparison, keysOf, markOf, type Place } from './comparison.ts'

/** A new signature that hides more of a page than this covers what others signed. */
const MOST_COVERED = 0.25

const PAGE_KINDS: Readonly<Record<string, ChangeKind>> = {
  Contents: 'page-content',
  Resources: 'page-resources',
  MediaBox: 'page-geometry',
  CropBox: 'page-geometry',
  BleedBox: 'page-geometry',
  TrimBox: 'page-geometry',
  ArtBox: 'page-geometry',
  Rotate: 'page-geometry',
  UserUnit: 'page-geometry',
  AA: 'action',
  AF: 'embedded-files',
}

/** Says which pages are in both views, before anything else is compared. */
export function keepPages(comparison: Comparison): void {
  const numbers = new Set(comparison.after.pages().map((page) => page.ref.num))
  for (const { ref } of comparison.before.pages()) if (numbers.has(ref.num)) comparison.pages.add(ref.num)
}

/** The page tree: the same pages in the same order, each as it was but for annotations that are added. */
export function comparePages(comparison: Comparison): void {
  const { before, after } = comparison
  const old = before.pages()
  const now = after.pages()
  const numbers = new Set(now.map((page) => page.ref.num))
  const kept = new Set(old.map((page) => page.ref.num))
  const path = 'Root/Pages'
  for (const page of now) if (!kept.has(page.ref.num)) reportPage(comparison, 'page-added', page, path)
  for (const page of old) if (!numbers.has(page.ref.num)) reportPage(comparison, 'page-removed', page, path)
  const order = old.filter((page) => numbers.has(page.ref.num)).map((page) => page.ref.num)
  const orderNow = now.filter((page) => kept.has(page.ref.num)).map((page) => page.ref.num)
  if (order.some((num, i) => num !== orderNow[i])) comparison.report({ kind: 'pages-reordered', path })
  compareNodes(comparison, before.catalog.get('Pages'), after.catalog.get('Pages'), path)
  const pages = new Map(now.map((page) => [page.ref.num, page]))
  for (const page of old) {
    const same = pages.get(page.ref.num)
    if (same) comparePage(comparison, page, same)
  }
}

function reportPage(comparison: Comparison, kind: ChangeKind, page: PdfPage, path: string): void {
  comparison.report({ kind, path, page: page.index }, { object: page.ref.num })
}

/** The nodes between catalog and pages, from which pages inherit. */
function compareNodes(
  comparison: Comparison,
  before: PdfObject | undefined,
  after: PdfObject | undefined,
  path: string,
): void {
  if (before instanceof PdfRef && comparison.pages.has(before.num)) return
  const [old, now] = [comparison.before.dict(before), comparison.after.dict(after)]
  if (!old || !now) {
    comparison.same(before, after, { kind: 'page', path })
    return
  }
  if (before instanceof PdfRef && after instanceof PdfRef && before.num !== after.num) {
    comparison.report({ kind: 'page', path }, { object: after.num })
  }
  for (const key of keysOf(old, now)) {
    const at = { kind: PAGE_KINDS[key] ?? 'page', path: `${path}/${key}` }
    if (key === 'Parent') continue
    const [first, second] = [old.get(key), now.get(key)]
    const [kids, kidsNow] = [comparison.before.array(first), comparison.after.array(second)]
    if (key !== 'Kids' || kids?.length !== kidsNow?.length) comparison.same(first, second, at, key)
    else
      for (const [i, kid] of (kids ?? []).entries())
        compareNodes(comparison, kid, kidsNow?.[i], `${at.path}[${i}]`)
  }
}

function comparePage(comparison: Comparison, before: PdfPage, after: PdfPage): void {
  const page = before.index
  const path = `Page ${page + 1}`
  for (const key of keysOf(before.dict, after.dict)) {
    const [first, second] = [before.dict.get(key), after.dict.get(key)]
    const at: Place = { kind: PAGE_KINDS[key] ?? 'page', path: `${path}/${key}`, page }
    if (key === 'Annots') compareAnnotations(comparison, first, second, after, at.path)
    else if (key === 'Parent') sameParent(comparison, first, second, at)
    else if (key === 'Resources') compareResources(comparison, first, second, at)
    else comparison.same(first, second, at, key, before.ref.num)
  }
}

function sameParent(
  comparison: Comparison,
  before: PdfObject | undefined,
  after: PdfObject | undefined,
  at: Place,
): void {
  if (markOf(before) === 0 || markOf(before) !== markOf(after)) comparison.report(at)
}

const RESOURCE_KINDS: Readonly<Record<string, ChangeKind>> = { Font: 'font', Properties: 'optional-content' }

function compareResources(
  comparison: Comparison,
  before: PdfObject | undefined,
  after: PdfObject | undefined,
  place: Place,
): void {
  const [old, now] = [comparison.before.dict(before), comparison.after.dict(after)]
  if (!old || !now) {
    comparison.same(before, after, place, 'Resources')
    return
  }
  for (const key of keysOf(old, now)) {
    const at = { ...place, kind: RESOURCE_KINDS[key] ?? place.kind, path: `${place.path}/${key}` }
    comparison.same(old.get(key), now.get(key), at, key)
  }
}

function compareAnnotations(
  comparison: Comparison,
  before: PdfObject | undefined,
  after: PdfObject | undefined,
  page: PdfPage,
  path: string,
): void {
  const old = comparison.before.array(before) ?? []
  const now = comparison.after.array(after) ?? []
  const place: Place = { kind: 'annotation-changed', path, page: page.index }
  const known = new Set(old.map(markOf))
  const places = new Map(now.map((item, i) => [markOf(item), i]))
  let from = 0
  for (const [i, item] of old.entries()) {
    const at = { ...place, path: `${path}[${i}]` }
    if (!(item instanceof PdfRef)) comparison.same(item, now[i], at)
    else if (!places.has(markOf(item)))
      comparison.report({ ...at, kind: 'annotation-removed' }, describe(comparison.before.dict(item), item))
    else {
      // Those drawn later lie on top: the order of what was there stays.
      const place = places.get(markOf(item)) ?? -1
      if (place < from) comparison.report(at, { object: item.num })
      else from = place + 1
      if (!comparison.formNodes.has(item.num)) comparison.same(item, item, at)
    }
  }
  const seen = new Set<number>()
  for (const [i, item] of now.entries()) {
    comparison.after.budget.work(1)
    const mark = markOf(item)
    const isNew = item instanceof PdfRef ? !known.has(mark) || seen.has(mark) : i >= old.length
    seen.add(mark)
    if (isNew) addAnnotation(comparison, item, page, `${path}[${i}]`)
  }
}

function describe(dict: PdfDict | undefined, object: PdfObject): { object?: number; subtype?: string } {
  const subtype = dict?.get('Subtype')
  return {
    ...(object instanceof PdfRef ? { object: object.num } : {}),
    ...(subtype && typeof subtype === 'object' && 'value' in subtype ? { subtype: subtype.value } : {}),
  }
}

function addAnnotation(comparison: Comparison, item: PdfObject, page: PdfPage, path: string): void {
  const dict = comparison.after.dict(item)
  const field = item instanceof PdfRef ? comparison.newWidgets.get(item.num) : undefined
  const place: Place = { kind: 'annotation-added', path, page: page.index }
  if (field === undefined || !dict) {
    // Whatever kind it says it is: with a look of its own it can draw anything, anywhere.
    const { object } = describe(dict, item)
    const isDrawn = dict !== undefined && draws(comparison, dict)
    const subtype = comparison.after.name(dict?.get('Subtype'))
    const isAside = isDrawn && (subtype === 'Text' || subtype === 'Popup')
    comparison.report(place, isAside ? (object ? { object } : {}) : describe(dict, item))
    return
  }
  const covered = coverage(comparison, dict, page)
  const isSigned = comparison.changes.some((one) => one.kind === 'signature-added' && one.field === field)
  // Nobody answers for what an empty field shows, or one of a time-stamp, which anyone can have made.
  if (covered > (isSigned || !draws(comparison, dict) ? MOST_COVERED : 0))
    comparison.report({ ...place, kind: 'signature-overlay', field })
}

/** Whether the annotation's normal appearance has anything in it. */
function draws({ after }: Comparison, annotation: PdfDict): boolean {
  const look = after.dict(annotation.get('AP'))?.get('N')
  if (look === undefined) return annotation.has('AP')
  const stream = after.stream(look)
  if (!stream) return true
  try {
    return after.decode(stream).some((byte) => !isSpace(byte))
  } catch (error) {
    if (error instanceof PdfError && error.code !== 'too-complex') return true
    throw error
  }
}

const isSpace = (byte: number): boolean => byte === 0 || (byte >= 9 && byte <= 13) || byte === 32

/** How much of the page a widget with an appearance covers. */
function coverage(comparison: Comparison, widget: PdfDict, page: PdfPage): number {
  if (!widget.has('AP')) return 0
  const rect = comparison.after.array(widget.get('Rect'))
  if (!isArray(rect)) return 0
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = rect.map((item) => comparison.after.number(item) ?? 0)
  const [left, bottom, right, top] = page.cropBox
  const width = Math.min(Math.max(x0, x1), right) - Math.max(Math.min(x0, x1), left)
  const height = Math.min(Math.max(y0, y1), top) - Math.max(Math.min(y0, y1), bottom)
  return (Math.max(0, width) * Math.max(0, height)) / Math.max(1, (right - left) * (top - bottom))
}
