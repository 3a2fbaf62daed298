import { explained } from './disagreements.ts'
import { type OurQuestion, type OurVerdict, ourVerdict } from './ours.ts'
import type { PyhankoSignature } from './peers/pyhanko.ts'
import type { Place } from './prepared.ts'

/** A checker's word about a whole file. */
export type Word = 'passed' | 'indeterminate' | 'failed' | 'unsigned' | 'unreadable'

/** One file, and what each checker says of it. */
export interface Compared {
  readonly name: string
  readonly about: string
  readonly ours: OurVerdict
  readonly our: Word
  readonly pyhanko: Word
  /** Why, in its words. */
  readonly pyhankoDetail: string
  readonly dss: Word
  readonly dssDetail: string
}

const words: Readonly<Record<string, Word>> = {
  'TOTAL-PASSED': 'passed',
  INDETERMINATE: 'indeterminate',
  'TOTAL-FAILED': 'failed',
  NO_SIGNATURE: 'unsigned',
  unreadable: 'unreadable',
}

export interface PeerQuestion {
  readonly anchors: readonly string[]
  readonly others?: readonly string[]
  readonly crls?: readonly string[]
  readonly at?: number
}

/** Asks all three about a file. DSS's anchors have been set before. */
export async function compare(
  place: Place,
  file: { readonly name: string; readonly about: string; readonly bytes: Buffer },
  question: OurQuestion,
  peers: PeerQuestion,
): Promise<Compared> {
  const path = place.lay('compared.pdf', file.bytes)
  const ours = await ourVerdict(file.bytes, question)
  const [pyhanko, pyhankoDetail] = await askPyhanko(place, path, peers)
  const [dss, dssDetail] = await askDss(place, path)
  const our = words[ours.conclusion] ?? 'unreadable'
  return { name: file.name, about: file.about, ours, our, pyhanko, pyhankoDetail, dss, dssDetail }
}

async function askPyhanko(place: Place, check: string, peers: PeerQuestion): Promise<[Word, string]> {
  try {
    return pyhankoWord(await place.pyhanko.check({ check, ...peers }))
  } catch (error) {
    return ['unreadable', error instanceof Error ? error.message.slice(0, 80) : String(error)]
  }
}

/** What its answer for each signature comes to for the file: the worst. */
export function pyhankoWord(found: readonly PyhankoSignature[]): [Word, string] {
  if (found.length === 0) return ['unsigned', '']
  const bad = found.filter(({ bottom_line }) => !bottom_line)
  if (bad.length === 0) return ['passed', '']
  // It says that it will not judge: that is no verdict.
  const refusal = bad.find(({ error }) => error && /do not permit|NotImplementedError/.test(error))
  if (refusal) return ['unreadable', refusal.error ?? '']
  const why = bad.map((one) => `${one.kind} ${one.error ?? reason(one)}`).join('; ')
  const onlyUntrusted = bad.every(
    (one) => !one.error && one.intact && one.valid && !one.trusted && one.docmdp !== false,
  )
  return [onlyUntrusted ? 'indeterminate' : 'failed', why.slice(0, 160)]
}

function reason({ intact, valid, trusted, changes, docmdp }: PyhankoSignature): string {
  if (!intact) return 'is not intact'
  if (!valid) return 'is not valid'
  if (docmdp === false || changes === 'OTHER') return `changed afterwards: ${changes}`
  return trusted ? 'is doubtful' : 'is not trusted'
}

async function askDss(place: Place, path: string): Promise<[Word, string]> {
  try {
    const found = await place.dss.check(path)
    if (found.length === 0) return ['unsigned', '']
    const order = ['TOTAL_FAILED', 'INDETERMINATE', 'TOTAL_PASSED']
    const [worst] = [...found].sort((a, b) => order.indexOf(a.indication) - order.indexOf(b.indication))
    const word = words[worst?.indication.replace('_', '-') ?? ''] ?? 'unreadable'
    return [word, [worst?.sub, worst?.errors[0]].filter(Boolean).join(': ').slice(0, 120)]
  } catch (error) {
    return ['unreadable', error instanceof Error ? error.message.slice(0, 80) : String(error)]
  }
}

/** Ours passes what a peer fails, or cannot read: the one thing that must not be. */
export const isDeceived = ({ our, pyhanko, dss }: Compared): boolean =>
  our === 'passed' && (pyhanko === 'failed' || dss === 'failed')

/** Disagreements without a reason in the table: with pyHanko of any kind, with EU DSS on what passes here. */
export function unexplained({ our, pyhanko, dss }: Compared, name: string): boolean {
  const isOdd = our === 'passed' && dss !== 'passed'
  return (!agrees(our, pyhanko) && !explained(name, 'pyHanko')) || (isOdd && !explained(name, 'EU DSS'))
}

/** Both pass it, or neither does. */
export const agrees = (our: Word, their: Word): boolean => (our === 'passed') === (their === 'passed')
