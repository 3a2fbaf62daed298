import { isArray, type PdfDict, type PdfFile, type PdfObject, PdfRef } from '../pdf/index.ts'
import { type Comparison, keysOf, markOf, type Place } from './comparison.ts'

const DEEPEST = 50

/** The structure tree (ISO 32000-2, 14.7): as it was, but for elements that hold the widgets of new signature fields. */
export function compareStructure(
  comparison: Comparison,
  before: PdfObject | undefined,
  after: PdfObject | undefined,
): void {
  const place: Place = { kind: 'structure', path: 'Root/StructTreeRoot' }
  const [old, now] = [comparison.before.dict(before), comparison.after.dict(after)]
  if (!old || !now) {
    comparison.same(before, after, place)
    return
  }
  const isSame = before instanceof PdfRef && after instanceof PdfRef && before.num === after.num
  if (before instanceof PdfRef && !isSame) {
    comparison.report(place)
    return
  }
  // First the elements: what else points at them need not look into them then.
  compareElements(comparison, old, now, place)
  for (const key of keysOf(old, now)) {
    const at = { ...place, path: `${place.path}/${key}` }
    const [first, second] = [old.get(key), now.get(key)]
    if (key === 'ParentTree') compareParentTree(comparison, first, second, at)
    else if (key === 'ParentTreeNextKey') growing(comparison, first, second, at)
    else if (key !== 'K') comparison.same(first, second, at, key)
  }
}

function growing(
  comparison: Comparison,
  before: PdfObject | undefined,
  after: PdfObject | undefined,
  at: Place,
): void {
  const [old, now] = [comparison.before.number(before), comparison.after.number(after)]
  if (old === undefined || now === undefined || now < old) comparison.same(before, after, at)
}

/** The elements from the root down, without recursion: trees of others are deep and wide. */
function compareElements(comparison: Comparison, old: PdfDict, now: PdfDict, place: Place): void {
  const queue: [PdfDict, PdfDict, string][] = [[old, now, place.path]]
  for (let next = queue.pop(); next; next = queue.pop()) {
    const [first, second, path] = next
    comparison.after.budget.work(1)
    const kids = listOf(comparison.before, first.get('K'))
    const kidsNow = listOf(comparison.after, second.get('K'))
    if (kidsNow.length < kids.length) comparison.report({ ...place, path: `${path}/K` })
    for (const [i, kid] of kidsNow.entries()) {
      const at = { ...place, path: `${path}/K[${i}]` }
      if (i < kids.length) compareKid(comparison, kids[i], kid, at, queue)
      else if (holdsNewWidgets(comparison, kid, 0)) comparison.report({ ...at, kind: 'structure-added' })
      else comparison.report(at)
    }
  }
}

function compareKid(
  comparison: Comparison,
  before: PdfObject | undefined,
  after: PdfObject,
  at: Place,
  queue: [PdfDict, PdfDict, string][],
): void {
  const [old, now] = [comparison.before.dict(before), comparison.after.dict(after)]
  const isElement =
    before instanceof PdfRef && after instanceof PdfRef && before.num === after.num && old?.has('S')
  if (!isElement || !old || !now) {
    comparison.same(before, after, at)
    return
  }
  if (comparison.visited('structure', before.num)) return
  comparison.sameEntries(old, now, at, NOT_HERE, before.num)
  if (markOf(old.get('P')) !== markOf(now.get('P'))) comparison.report(at)
  queue.push([old, now, at.path])
}

const NOT_HERE: ReadonlySet<string> = new Set(['K', 'P'])

function listOf(file: PdfFile, object: PdfObject | undefined): readonly PdfObject[] {
  const resolved = file.resolve(object)
  if (isArray(resolved)) return resolved
  return object === undefined || resolved === null ? [] : [object]
}

/** An element, or an object reference, that leads to new widgets and to nothing else. */
function holdsNewWidgets(comparison: Comparison, object: PdfObject, depth: number): boolean {
  const dict = comparison.after.dict(object)
  if (!dict || depth > DEEPEST) return false
  const target = dict.get('Obj')
  if (target !== undefined) return target instanceof PdfRef && comparison.newWidgets.has(target.num)
  const kids = listOf(comparison.after, dict.get('K'))
  return dict.has('S') && kids.length > 0 && kids.every((kid) => holdsNewWidgets(comparison, kid, depth + 1))
}

function compareParentTree(
  comparison: Comparison,
  before: PdfObject | undefined,
  after: PdfObject | undefined,
  place: Place,
): void {
  const old = numberTree(comparison.before, before)
  const now = numberTree(comparison.after, after)
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const [first, second] = [old.get(key), now.get(key)]
    const at = { ...place, path: `${place.path}/${key}` }
    if (first !== undefined) comparison.same(first, second, at)
    else if (second === undefined || !holdsNewWidgets(comparison, second, 0)) comparison.report(at)
  }
}

/** The pairs of a number tree (7.9.7). */
function numberTree(file: PdfFile, root: PdfObject | undefined): Map<number, PdfObject> {
  const found = new Map<number, PdfObject>()
  const seen = new Set<PdfDict>()
  const queue = [root]
  while (queue.length > 0) {
    const node = file.dict(queue.pop())
    if (!node || seen.has(node)) continue
    file.budget.work(1)
    seen.add(node)
    const items = file.array(node.get('Nums')) ?? []
    for (let i = 0; i + 1 < items.length; i += 2) found.set(file.number(items[i]) ?? -1, items[i + 1] ?? null)
    for (const kid of file.array(node.get('Kids')) ?? []) queue.push(kid)
  }
  return found
}
