import { isArray, name, PdfDict, type PdfObject, PdfRef } from '../../pdf/index.ts'
import type { Draft } from './draft.ts'

/** A place in the structure tree that was kept for a widget. */
export interface StructurePlace {
  /** What the widget says of it: StructParent. */
  readonly key: number
  /** Puts the widget there. */
  fill(widget: PdfRef, page: PdfRef): void
}

/**
 * A place for a widget that is seen, at the end of the structure tree (ISO 32000-2, 14.7.5.4): PDF/A level A and PDF/UA
 * want all that is on a page tagged (ISO 19005-3, 6.7.3; ISO 14289-1, 7.18.4). Undefined for a file without structure.
 */
export function structurePlace(draft: Draft): StructurePlace | undefined {
  const root = ownObject(draft, draft.catalogRef, 'StructTreeRoot')
  if (!root) return undefined
  const key = freeKey(draft, root)
  return {
    key,
    fill: (widget, page) => {
      const parent = wholeOf(draft, root)
      const element = draft.add(
        PdfDict.of({
          Type: name('StructElem'),
          S: name('Form'),
          P: parent,
          Pg: page,
          K: PdfDict.of({ Type: name('OBJR'), Obj: widget, Pg: page }),
        }),
      )
      appendKid(draft, parent, element)
      addParent(draft, root, key, element)
      draft.change(root, { ParentTreeNextKey: key + 1 })
    },
  }
}

/** The dictionary in an owner's entry as an object of its own: one that stands there directly is put in one. */
function ownObject(draft: Draft, owner: PdfRef, key: string): PdfRef | undefined {
  const entry = draft.dict(owner)?.get(key)
  const dict = draft.dict(entry)
  if (!dict) return undefined
  if (entry instanceof PdfRef) return entry
  const ref = draft.add(dict)
  draft.change(owner, { [key]: ref })
  return ref
}

/** The one element that holds the others, as a rule `Document`; else the root itself. */
function wholeOf(draft: Draft, root: PdfRef): PdfRef {
  const kids = kidsOf(draft, root)
  const [only] = kids
  const isWhole = kids.length === 1 && only instanceof PdfRef && draft.dict(only)?.has('S')
  return isWhole ? only : root
}

function kidsOf(draft: Draft, owner: PdfRef): readonly PdfObject[] {
  const kids = draft.dict(owner)?.get('K')
  const resolved = draft.resolve(kids)
  if (isArray(resolved)) return resolved
  return kids === undefined || resolved === null ? [] : [kids]
}

function appendKid(draft: Draft, owner: PdfRef, added: PdfRef): void {
  draft.change(owner, { K: [...kidsOf(draft, owner), added] })
}

/** The parent tree is a number tree (7.9.7): its numbers are in order, and this one is higher than all. */
function addParent(draft: Draft, root: PdfRef, key: number, element: PdfRef): void {
  const tree = ownObject(draft, root, 'ParentTree')
  if (!tree) {
    draft.change(root, { ParentTree: draft.add(PdfDict.of({ Nums: [key, element] })) })
    return
  }
  const node = draft.dict(tree)
  const kids = draft.array(node?.get('Kids'))
  if (kids) {
    const leaf = draft.add(PdfDict.of({ Limits: [key, key], Nums: [key, element] }))
    draft.change(tree, { Kids: [...kids, leaf] })
  } else draft.change(tree, { Nums: [...(draft.array(node?.get('Nums')) ?? []), key, element] })
}

/** Higher than what the tree has, and than what it says to be the next. */
function freeKey(draft: Draft, root: PdfRef): number {
  const structure = draft.dict(root)
  const next = draft.resolve(structure?.get('ParentTreeNextKey'))
  let free = typeof next === 'number' && Number.isSafeInteger(next) && next >= 0 ? next : 0
  const seen = new Set<PdfDict>()
  const queue = [structure?.get('ParentTree')]
  while (queue.length > 0) {
    const node = draft.dict(queue.pop())
    if (!node || seen.has(node)) continue
    draft.file.budget.work(1)
    seen.add(node)
    const numbers = draft.array(node.get('Nums')) ?? []
    for (let at = 0; at < numbers.length; at += 2) {
      const number = draft.resolve(numbers[at])
      if (typeof number === 'number' && number >= free) free = Math.floor(number) + 1
    }
    queue.push(...(draft.array(node.get('Kids')) ?? []))
  }
  return free
}
