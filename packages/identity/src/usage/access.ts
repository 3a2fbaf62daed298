import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'

const short = Type.String({ maxLength: 300 })
const words = Type.Object({ th: short, en: short })

const accessSchema = Type.Object({
  withheld: Type.Literal(false),
  exchange: Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }),
  at: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' }),
  member: short,
  side: Type.Union([Type.Literal('consumer'), Type.Literal('provider')]),
  client: short,
  service: short,
  operation: short,
  purpose: short,
  law: Type.String({ maxLength: 1000 }),
  fields: Type.Array(short, { maxItems: 10_000 }),
  status: Type.Union([Type.Integer(), Type.Null()]),
  actor: Type.Optional(
    Type.Union([
      Type.Null(),
      Type.Object({
        kind: short,
        proven: Type.Boolean(),
        subject: Type.Optional(short),
        act: Type.Optional(Type.Object({ sub: short })),
        case: Type.Optional(short),
        officer: Type.Optional(
          Type.Object({ agency: short, duty: short, title: words, as: Type.Optional(short) }),
        ),
        represents: Type.Optional(Type.Object({ kind: short, id: short })),
      }),
    ]),
  ),
  consent: Type.Optional(Type.Union([Type.Null(), Type.Object({ id: short })])),
  unusual: Type.Optional(Type.Array(short, { maxItems: 20 })),
  openings: Type.Optional(Type.Array(Type.Object({ at: short, reason: short }), { maxItems: 1000 })),
  question: Type.Optional(
    Type.Object({
      asked: Type.Array(Type.Object({ name: short, value: short }), { maxItems: 50 }),
      answer: Type.Union([Type.Boolean(), Type.Number(), short, Type.Null()]),
      reason: Type.Optional(short),
    }),
  ),
})

const withheldSchema = Type.Object({ withheld: Type.Literal(true), withheldUntil: short })

const pageSchema = Type.Object({
  accesses: Type.Array(Type.Union([accessSchema, withheldSchema]), { maxItems: 600 }),
  next: Type.Union([Type.String({ maxLength: 512 }), Type.Null()]),
})

/** One access to a person's data, as a gateway tells it. Times are ISO 8601 in UTC. */
export type Access = Static<typeof accessSchema>

/** What a gateway answers: withheld accesses first, on its first page. */
export interface AccessPage {
  readonly accesses: readonly Access[]
  /** Until when accesses are withheld by law; nothing else of them is told. */
  readonly withheld: readonly string[]
  readonly next: string | null
}

const Page = Compile(pageSchema)

/** Another member's gateway is believed in nothing but this shape; undefined where it answers another. */
export function readAccessPage(answer: unknown): AccessPage | undefined {
  if (!Page.Check(answer)) return undefined
  const accesses: Access[] = []
  const withheld: string[] = []
  for (const each of answer.accesses) {
    if (each.withheld) withheld.push(each.withheldUntil)
    else accesses.push(each)
  }
  return { accesses, withheld, next: answer.next }
}
