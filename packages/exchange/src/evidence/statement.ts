import { canonicalJson, uuidv7 } from '@sapan/kernel'
import { parseNote, type Signer, signNote, verifyNote } from '@sapan/trust'
import type { KeyOfEpoch } from './epoch-keys.ts'
import { logOrigin } from './origin.ts'
import type { EvidenceKind, EvidenceSide } from './record.ts'

const heading = 'sapan-evidence-statement-v1'

/** What was said in an exchange was removed by law. Its records' digests stay, and so does the proof of them. */
export interface ErasureStatement {
  readonly type: 'erasure'
  readonly member: string
  readonly exchange: string
  readonly side: EvidenceSide
  readonly law: string
  readonly at: string
  readonly records: readonly { readonly kind: EvidenceKind; readonly digest: string }[]
}

/** What is kept sealed of an exchange was opened by an operator, who said why. The people whom it concerned are told. */
export interface OpeningStatement {
  readonly type: 'opening'
  readonly member: string
  readonly exchange: string
  readonly side: EvidenceSide
  readonly at: string
  readonly by: string
  readonly reason: string
}

/** The first entry of each epoch after the first: which log it goes on from. */
export interface LinkStatement {
  readonly type: 'link'
  readonly member: string
  readonly at: string
  readonly epoch: number
  readonly reason: string
  readonly previous: {
    readonly epoch: number
    /** How far the epoch goes in this database. */
    readonly size: number
    /** The last checkpoint that is known, signed and cosigned; null where there was none. */
    readonly checkpoint: string | null
    /** How far a witness said that it went. */
    readonly witnessedSize: number | null
  }
}

export type Statement = ErasureStatement | OpeningStatement | LinkStatement

export interface StoredStatement {
  readonly id: string
  readonly note: string
}

/** A statement as its member's log key signs it. */
export function signStatement(
  statement: Statement,
  epoch: number,
  signer: Signer,
  now: number,
): StoredStatement {
  const name = logOrigin(statement.member, epoch)
  return { id: uuidv7(now), note: signNote(`${heading}\n${canonicalJson(statement)}\n`, { name, signer }) }
}

/** Reads a statement that the member's log key signed in any epoch; undefined for everything else. */
export function readStatement(note: string, member: string, keyOf: KeyOfEpoch): Statement | undefined {
  try {
    const name = parseNote(note).signatures[0]?.name ?? ''
    const start = logOrigin(member, 0).slice(0, -1)
    if (!name.startsWith(start)) return undefined
    const { text } = verifyNote(note, [keyOf(member, Number(name.slice(start.length)))])
    const [first, json, rest] = text.split('\n')
    if (first !== heading || json === undefined || rest !== '') return undefined
    const statement = JSON.parse(json) as Statement
    return statement.member === member ? statement : undefined
  } catch {
    return undefined
  }
}
