import { sameBytes } from '../bytes.ts'
import {
  isArray,
  PdfDict,
  type PdfFile,
  PdfName,
  type PdfObject,
  PdfRef,
  PdfStream,
  PdfString,
} from '../pdf/index.ts'
import type { Change, ChangeKind } from './change.ts'

/** Where the comparison is, and what a difference there is called. */
export interface Place {
  readonly kind: ChangeKind
  readonly path: string
  readonly page?: number
  readonly field?: string
}

interface Pair {
  readonly before: PdfObject | undefined
  readonly after: PdfObject | undefined
  readonly place: Place
  /** The key under which it stands. */
  readonly key: string
  readonly object: number | undefined
}

/** More differences than this tell no more. */
const MOST_CHANGES = 300

/** Under these keys a part of the form is only pointed at: it is compared where it belongs. */
const LINKS_TO_FORM = new Set([
  'Obj',
  'CO',
  'Fields',
  'T',
  'Parent',
  'Kids',
  'Annots',
  'Popup',
  'IRT',
  'Data',
])

/**
 * Two neighbouring views of a file, compared from the trailer along every path: an object that is reached by two is
 * judged on both. What has rules of its own (form, pages, store) is compared by its own code; `same` compares the
 * rest, where any difference counts.
 */
export class Comparison {
  readonly before: PdfFile
  readonly after: PdfFile
  readonly revision: number
  readonly changes: Change[] = []
  /** Pages that are in both: pointing at one is no difference, they are compared by themselves. */
  readonly pages = new Set<number>()
  /** Fields and widgets that the form's comparison has seen. */
  readonly formNodes = new Set<number>()
  /** Widgets of signature fields that this revision adds, with the field's name. */
  readonly newWidgets = new Map<number, string>()
  /** What the view before points at beside the appearances of annotations. */
  readonly outside: ReadonlySet<number>
  readonly #seen = new Map<ChangeKind, Set<string>>()
  readonly #queue: Pair[] = []
  readonly #root: number
  #running = false

  constructor(before: PdfFile, after: PdfFile, outside: ReadonlySet<number>) {
    this.outside = outside
    this.before = before
    this.after = after
    this.revision = after.revision
    const root = before.trailer.get('Root')
    this.#root = root instanceof PdfRef ? root.num : 0
  }

  report(place: Place, more: Partial<Change> = {}): void {
    if (this.changes.length > MOST_CHANGES) return
    const kind = this.changes.length === MOST_CHANGES ? 'too-many' : (more.kind ?? place.kind)
    this.changes.push({ ...place, ...more, kind, revision: this.revision })
  }

  /** Whether this was compared as that kind already. */
  visited(kind: ChangeKind, before: number, after = before): boolean {
    const seen = this.#seen.get(kind) ?? new Set()
    this.#seen.set(kind, seen)
    const key = `${before} ${after}`
    if (seen.has(key)) return true
    seen.add(key)
    return false
  }

  wasVisited(kind: ChangeKind, num: number): boolean {
    return this.#seen.get(kind)?.has(`${num} ${num}`) ?? false
  }

  /** Reports every difference below, as `place.kind`. */
  same(
    before: PdfObject | undefined,
    after: PdfObject | undefined,
    place: Place,
    key = '',
    object?: number,
  ): void {
    this.#queue.push({ before, after, place, key, object })
    if (this.#running) return
    this.#running = true
    for (let pair = this.#queue.pop(); pair; pair = this.#queue.pop()) this.#compare(pair)
    this.#running = false
  }

  /** All keys of two dictionaries but these, by `same`. */
  sameEntries(
    before: PdfDict,
    after: PdfDict,
    place: Place,
    except: ReadonlySet<string>,
    object?: number,
  ): void {
    for (const key of keysOf(before, after)) {
      if (except.has(key)) continue
      this.same(before.get(key), after.get(key), { ...place, path: `${place.path}/${key}` }, key, object)
    }
  }

  #compare(pair: Pair): void {
    this.after.budget.work(1)
    const { before, after, place, key } = pair
    let { object } = pair
    if (before instanceof PdfRef || after instanceof PdfRef) {
      const first = markOf(before)
      const second = markOf(after)
      if (first === second && before instanceof PdfRef && this.#isLink(before.num, key)) return
      object = after instanceof PdfRef ? after.num : before instanceof PdfRef ? before.num : object
      if (this.visited(place.kind, first, second) && first !== 0 && second !== 0) return
    }
    this.#compareValues(this.before.resolve(before), this.after.resolve(after), place, key, object)
  }

  #isLink(num: number, key: string): boolean {
    if (this.pages.has(num) || num === this.#root) return true
    if (key === 'SE') return this.wasVisited('structure', num)
    return LINKS_TO_FORM.has(key) && this.formNodes.has(num)
  }

  #compareValues(
    before: PdfObject,
    after: PdfObject,
    place: Place,
    key: string,
    object: number | undefined,
  ): void {
    if (isArray(before) && isArray(after) && before.length === after.length) {
      before.forEach((item, i) => {
        this.same(item, after[i], { ...place, path: `${place.path}[${i}]` }, key, object)
      })
    } else if (before instanceof PdfDict && after instanceof PdfDict) {
      this.sameEntries(before, after, place, NONE, object)
    } else if (before instanceof PdfStream && after instanceof PdfStream) {
      this.sameEntries(before.dict, after.dict, place, LENGTH, object)
      if (!sameBytes(before.raw, after.raw)) this.#difference(place, object)
    } else if (!equalScalars(before, after)) this.#difference(place, object)
  }

  #difference(place: Place, object: number | undefined): void {
    this.report(place, object ? { object } : {})
  }
}

/**
 * What a reference means: number and generation. One whose generation is not that of the object leads to nothing, so
 * a later revision can hide what it leads to without touching it. 0 for what is no reference.
 */
export function markOf(object: PdfObject | undefined): number {
  return object instanceof PdfRef ? object.num + object.gen * 2 ** 24 : 0
}

const NONE: ReadonlySet<string> = new Set()
const LENGTH: ReadonlySet<string> = new Set(['Length'])

export function keysOf(before: PdfDict | undefined, after: PdfDict | undefined): Set<string> {
  return new Set([...(before?.entries.keys() ?? []), ...(after?.entries.keys() ?? [])])
}

function equalScalars(before: PdfObject, after: PdfObject): boolean {
  if (before instanceof PdfName && after instanceof PdfName) return before.value === after.value
  if (before instanceof PdfString && after instanceof PdfString) return sameBytes(before.bytes, after.bytes)
  return before === after
}
