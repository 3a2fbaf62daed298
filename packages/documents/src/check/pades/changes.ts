import {
  type Change,
  changesOf,
  describeChange,
  type Judgement,
  judgeChanges,
  type Permissions,
  preparedContent,
} from '../../changes/index.ts'
import type { PdfFile, SignatureField } from '../../pdf/index.ts'
import type { Flaw } from '../engine/signature.ts'
import { finding } from '../report/checks.ts'
import type { Finding, RevisionReport, SignatureReport } from '../report/report.ts'

export interface LaterChanges {
  readonly verdict: SignatureReport['changesAfter']
  readonly flaws: readonly Flaw[]
  readonly findings: readonly Finding[]
}

const mostChanges = 200

/** What the revisions of a file changed, each found once, and what the signatures in it permit. */
export class FileChanges {
  readonly #file: PdfFile
  readonly #fields: readonly SignatureField[]
  readonly #byRevision = new Map<number, readonly Change[]>()

  constructor(file: PdfFile, fields: readonly SignatureField[]) {
    this.#file = file
    this.#fields = fields
  }

  #of(revision: number): readonly Change[] {
    const known = this.#byRevision.get(revision)
    if (known) return known
    const changes = changesOf(this.#file, revision)
    this.#byRevision.set(revision, changes)
    return changes
  }

  #after(revision: number): Change[] {
    const changes: Change[] = []
    for (let next = revision + 1; next < this.#file.revisions.length; next++) changes.push(...this.#of(next))
    if (this.#file.trailing > 0) {
      changes.push({ kind: 'trailing-data', revision: this.#file.revision, path: '' })
    }
    return changes
  }

  /** Its own permissions, and the certification of one before it, which holds for the whole document. */
  #permissions({ certification, fieldLock, revision }: SignatureField): Permissions {
    const earlier = this.#fields
      .filter((one) => one.revision >= 0 && one.revision <= revision)
      .flatMap((one) => one.certification ?? [])
    const strictest = [...earlier, ...(certification ? [certification] : [])].toSorted()[0] ?? null
    return { certification: strictest, fieldLock }
  }

  /** What came after the revision that a signature closes, and whether the signature permits it. */
  after(field: SignatureField): LaterChanges {
    // What it covers is not known, so nor is what came later; its form is what is wrong.
    if (field.revision < 0) return { verdict: 'none', flaws: [], findings: [] }
    const judgement = judgeChanges(this.#after(field.revision), this.#permissions(field))
    return judgement.refused.length > 0 ? refusal(judgement) : acceptance(judgement)
  }

  /** Per revision, judged by the strictest of the signatures before it. */
  reports(): RevisionReport[] {
    return this.#file.revisions.map(({ index }) => {
      const closing = this.#fields.find(({ revision }) => revision === index)
      const changes = index === 0 ? [] : this.#of(index)
      return {
        index,
        ...(closing ? { signedBy: closing.name } : {}),
        changes: changes
          .slice(0, mostChanges)
          .map((change) => ({ kind: change.kind, text: describeChange(change), detail: change.path })),
        verdict: this.#verdict(index, changes),
      }
    })
  }

  #verdict(index: number, changes: readonly Change[]): RevisionReport['verdict'] {
    if (index === 0) return 'first'
    const before = this.#fields.filter(({ revision }) => revision >= 0 && revision < index)
    if (before.length === 0) return 'unsigned'
    this.#file.budget.work(before.length * (before.length + changes.length))
    const judgements = before.map((field) => judgeChanges(changes, this.#permissions(field)))
    if (judgements.some(({ refused }) => refused.length > 0)) return 'refused'
    return judgements.some(({ suspicious }) => suspicious.length > 0) ? 'suspicious' : 'allowed'
  }
}

/** What was laid ready in the first revision that somebody signed. */
export function preparedFindings(file: PdfFile, fields: readonly SignatureField[]): Finding[] {
  const signed = fields.flatMap(({ revision }) => (revision >= 0 ? [revision] : []))
  if (signed.length === 0) return []
  const { layers, unused, dangling } = preparedContent(file.atRevision(Math.min(...signed)))
  const objects = [...unused, ...dangling]
  return [
    ...(layers.length > 0 ? [finding('hidden-layers', listed(layers))] : []),
    ...(objects.length > 0 ? [finding('prepared-content', `objects ${listed(objects)}`)] : []),
  ]
}

function listed(items: readonly (string | number)[]): string {
  const shown = items.slice(0, 8).join(', ')
  return items.length > 8 ? `${shown} and ${items.length - 8} more` : shown
}

function refusal({ refused }: Judgement): LaterChanges {
  const detail = describe(refused)
  return {
    verdict: 'refused',
    flaws: [{ why: 'FORMAT_FAILURE', check: 'changes-after', detail }],
    findings: [],
  }
}

function acceptance({ suspicious, allowed }: Judgement): LaterChanges {
  const later = allowed.some(({ kind }) => kind === 'field-filled' || kind.startsWith('annotation-'))
    ? [finding('filled-in-later')]
    : []
  if (suspicious.length === 0) {
    return { verdict: allowed.length > 0 ? 'allowed' : 'none', flaws: [], findings: later }
  }
  const detail = describe(suspicious)
  return {
    verdict: 'suspicious',
    flaws: [{ why: 'SIG_CONSTRAINTS_FAILURE', check: 'changes-after', detail }],
    findings: [finding('suspicious-changes', detail), ...later],
  }
}

function describe(changes: readonly Change[]): string {
  const kinds = [...new Set(changes.map(({ kind }) => kind))]
  return kinds.slice(0, 8).join(', ')
}
