import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { answerMembers } from '../answers/question.ts'
import type { SignedMessage } from '../signature/message.ts'
import type { Content } from './content.ts'
import { readFields } from './list.ts'
import type { StoredRecord } from './stored.ts'

/** What was asked about a person in place of their data, and what was answered. */
export interface ShownQuestion {
  /** What the caller gave, by the names of the parameters. */
  readonly asked: readonly { readonly name: string; readonly value: string }[]
  /** Null where there was no answer. */
  readonly answer: boolean | number | string | null
  /** Why there was none: `not-known`, `no-record`. */
  readonly reason?: string
  /** The rule by which it came about. */
  readonly expression: string
}

const shape = Compile(
  Type.Object({
    answer: Type.Union([Type.Boolean(), Type.Number(), Type.String(), Type.Null()]),
    reason: Type.Optional(Type.String()),
    expression: Type.String(),
  }),
)

const members: readonly string[] = answerMembers
const subjectBytes = 32

/**
 * Whether records are of a question that can be shown to its subject: answered, and about nobody else. Where a record names
 * others too, each of them would be told what was asked of the one.
 */
export function isQuestion(records: readonly StoredRecord[]): boolean {
  const answer = records.find(({ kind }) => kind === 'answer')
  if (answer?.status !== 200 || records.some(({ subjects }) => subjects.length !== subjectBytes)) return false
  const fields = readFields(answer.fields)
  return fields.includes('expression') && fields.every((field) => members.includes(field))
}

/** The question in a request's head and the answer's body; undefined where they are not kept, or say something else. */
export function questionIn(
  head: SignedMessage | null,
  answer: Content | undefined,
): ShownQuestion | undefined {
  if (head?.kind !== 'request' || !answer?.body) return undefined
  const said = parsed(answer.body)
  if (!shape.Check(said)) return undefined
  const asked = [...new URLSearchParams(head.query)].map(([name, value]) => ({ name, value }))
  return { ...said, asked }
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return undefined
  }
}
