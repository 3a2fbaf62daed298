import { sameBytes } from '../bytes.ts'
import { PdfError, type PdfFile, PdfRef, writeObject } from '../pdf/index.ts'
import { compareTrailers } from './catalog.ts'
import type { Change } from './change.ts'
import { Comparison } from './comparison.ts'
import { isHousekeeping, type Reach, reachOf } from './reach.ts'

/**
 * What every revision after `from` changed against the one before it, in order. What can't be compared is a change
 * too, `unreadable`. Throws `PdfError` only for `too-complex`.
 */
export function revisionChanges(file: PdfFile, from: number): Change[] {
  const changes: Change[] = []
  for (let index = from; index < file.revision; index++) changes.push(...changesOf(file, index + 1))
  if (file.trailing > 0 && file.newest) {
    changes.push({ kind: 'trailing-data', revision: file.revision, path: '' })
  }
  return changes
}

/** What one revision changed against the one before it. */
export function changesOf(file: PdfFile, revision: number): Change[] {
  const after = file.atRevision(revision)
  const before = file.atRevision(revision - 1)
  let comparison = new Comparison(before, after, new Set())
  try {
    const reach = reachOf(before)
    comparison = new Comparison(before, after, reach.outside)
    compareTrailers(comparison)
    compareObjects(comparison, reach, reachOf(after))
  } catch (error) {
    if (!(error instanceof PdfError) || error.code === 'too-complex') throw error
    comparison.report({ kind: 'unreadable', path: '' })
  }
  return comparison.changes
}

/** Looks at what the revision wrote, whichever way it is used: tricks are prepared where nothing leads to yet. */
function compareObjects(comparison: Comparison, before: Reach, after: Reach): void {
  const { after: file } = comparison
  const revision = file.revisions[comparison.revision]
  if (!revision) return
  for (const [num, entry] of revision.objects) {
    if (entry === 'free' || !isChanged(comparison, num)) continue
    const place = { path: `Object ${num}` }
    if (before.dangling.has(num))
      comparison.report({ ...place, kind: 'dangling-reference-defined' }, { object: num })
    if ('offset' in entry && entry.offset < revision.start) {
      comparison.report({ ...place, kind: 'hidden-object-revealed' }, { object: num })
    }
    if (!after.reached.has(num) && !isHousekeeping(file, num)) {
      comparison.report({ ...place, kind: 'unused-object' }, { object: num })
    }
  }
  for (const num of after.reached) {
    const old = comparison.before.locate(num)
    if (old === undefined || old.entry === 'free' || before.reached.has(num)) continue
    const kind = isChanged(comparison, num) ? 'unused-object-replaced' : 'unused-object-revealed'
    comparison.report({ kind, path: `Object ${num}` }, { object: num })
  }
}

function isChanged(comparison: Comparison, num: number): boolean {
  const { before, after } = comparison
  const [first, second] = [before.locate(num), after.locate(num)]
  if (first === undefined || first.entry === 'free') return second !== undefined && second.entry !== 'free'
  if (second === undefined || second.entry === 'free') return true
  if (first.revision === second.revision) return false
  const read = (file: PdfFile, entry: object) =>
    writeObject(file.get(new PdfRef(num, 'gen' in entry && typeof entry.gen === 'number' ? entry.gen : 0)))
  return !sameBytes(read(before, first.entry), read(after, second.entry))
}
