import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'

const short = Type.String({ maxLength: 300 })
const words = Type.Object({ th: short, en: short })

const unusualSchema = Type.Object({
  number: Type.Integer({ minimum: 1 }),
  exchange: Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }),
  at: Type.Integer({ minimum: 0 }),
  member: short,
  client: short,
  service: short,
  purpose: short,
  officer: short,
  duty: short,
  rules: Type.Array(short, { maxItems: 20 }),
  calls: Type.Integer({ minimum: 0 }),
})

const evidenceSchema = Type.Object({
  actor: Type.Optional(
    Type.Union([
      Type.Null(),
      Type.Object({
        proven: Type.Boolean(),
        case: Type.Optional(short),
        officer: Type.Optional(Type.Object({ agency: short, title: words, as: Type.Optional(short) })),
      }),
    ]),
  ),
  records: Type.Array(Type.Object({ fields: Type.Array(short, { maxItems: 10_000 }) }), { maxItems: 20 }),
})

/** An access of an officer that a gateway found to be out of the usual. `at` in milliseconds since 1970. */
export type UnusualAccess = Static<typeof unusualSchema>

/** What the gateway's evidence says of it. */
export interface UnusualEvidence {
  readonly fields: readonly string[]
  readonly title: { readonly th: string; readonly en: string }
  readonly as: string
  readonly case: string
}

const List = Compile(Type.Object({ accesses: Type.Array(unusualSchema, { maxItems: 500 }) }))
const Evidence = Compile(evidenceSchema)

/** Undefined for what is no list of unusual accesses. */
export function readUnusual(answer: unknown): readonly UnusualAccess[] | undefined {
  return List.Check(answer) ? answer.accesses : undefined
}

/** Undefined for what is no evidence of an exchange. */
export function readUnusualEvidence(answer: unknown): UnusualEvidence | undefined {
  if (!Evidence.Check(answer)) return undefined
  const { actor, records } = answer
  const officer = actor?.proven ? actor.officer : undefined
  return {
    fields: [...new Set(records.flatMap(({ fields }) => fields))],
    title: officer?.title ?? { th: '', en: '' },
    as: officer?.as ?? '',
    case: actor?.case ?? '',
  }
}
