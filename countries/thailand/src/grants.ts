import type { Text } from '@sapan/kernel'
import { type Static, Type } from 'typebox'
import type { Law, Purpose } from './bases.ts'
import type { Member, Members } from './members.ts'
import { dataFile, invalidData, readYaml } from './schema.ts'

const actors = ['person', 'mandate', 'officer', 'helper'] as const

export type GrantActor = (typeof actors)[number]

/** A grant as its provider orders it, its times fixed: the gateway adds id, provider and signature. */
export interface GrantOrder {
  /** `TH/GOV/RD/efiling`. */
  readonly consumer: string
  /** `TH/GOV/DOPA/population/person-v1`. */
  readonly service: string
  readonly operations: Readonly<
    Record<string, { readonly fields: readonly string[]; readonly query: readonly string[] }>
  >
  readonly purpose: string
  readonly law: { readonly act: Text; readonly section: string }
  readonly rate: { readonly calls: number; readonly seconds: number } | null
  /** RFC 3339, UTC. */
  readonly notBefore: string
  readonly expires: string
  readonly consent: boolean
  /** As whom somebody must be proven to act, where it must be. */
  readonly actor?: GrantActor
  readonly withheldUntil?: string
}

/** A grant of the country pack: what stays the same whenever the country starts. */
export interface GrantTemplate extends Omit<GrantOrder, 'notBefore' | 'expires' | 'withheldUntil'> {
  /** The providing member: `TH/GOV/DOPA`. */
  readonly provider: string
  /** Days. */
  readonly validDays: number
  /** Days for which subjects are not shown the accesses; null where they are shown at once. */
  readonly withheldDays: number | null
}

const duration = Type.String({ pattern: '^P[1-9][0-9]{0,3}[DY]$' })
const grantSchema = Type.Object(
  {
    consumer: Type.String({ pattern: '^[A-Z][A-Z0-9]*/[a-z0-9-]+$' }),
    service: Type.String({ pattern: '^[A-Z][A-Z0-9]*/[a-z0-9-]+/[a-z0-9-]+-v[0-9]+$' }),
    purpose: Type.String(),
    law: Type.String(),
    operations: Type.Record(
      Type.String({ pattern: '^[a-z][A-Za-z]*$' }),
      Type.Object(
        {
          fields: Type.Array(Type.String(), { minItems: 1 }),
          query: Type.Optional(Type.Array(Type.String())),
        },
        { additionalProperties: false },
      ),
    ),
    rate: Type.Optional(
      Type.Object(
        { calls: Type.Integer({ minimum: 1 }), seconds: Type.Integer({ minimum: 1 }) },
        { additionalProperties: false },
      ),
    ),
    valid: duration,
    withheld: Type.Optional(duration),
    consent: Type.Optional(Type.Boolean()),
    actor: Type.Optional(Type.Enum([...actors])),
  },
  { additionalProperties: false },
)

const FILE = 'grants.yaml'
const DAY = 86_400_000

/** What grants refer to by code. */
export interface GrantReferences {
  readonly members: Members
  readonly purposes: readonly Purpose[]
  readonly laws: readonly Law[]
}

function days(text: string): number {
  return Number(text.slice(1, -1)) * (text.endsWith('Y') ? 365 : 1)
}

class Resolver {
  readonly #references: GrantReferences

  constructor(references: GrantReferences) {
    this.#references = references
  }

  /** The member and the subsystem of `RD/efiling…`, which must be there. */
  subsystem(address: string, place: string): { readonly member: Member; readonly id: string } {
    const [short, code, ...rest] = address.split('/')
    const member = this.#references.members.members.find((one) => one.short === short)
    if (!member?.subsystems.some((subsystem) => subsystem.code === code))
      throw invalidData(FILE, place, `there is no subsystem ${short}/${code}`)
    return { member, id: [member.id, code, ...rest].join('/') }
  }

  purpose(code: string, place: string): string {
    if (!this.#references.purposes.some((purpose) => purpose.code === code))
      throw invalidData(FILE, place, `there is no purpose ${code}`)
    return code
  }

  law(code: string, place: string): Law {
    const law = this.#references.laws.find((one) => one.code === code)
    if (law === undefined) throw invalidData(FILE, place, `there is no law ${code}`)
    return law
  }
}

function template(grant: Static<typeof grantSchema>, place: string, resolver: Resolver): GrantTemplate {
  const { act, section } = resolver.law(grant.law, `${place}/law`)
  const service = resolver.subsystem(grant.service, `${place}/service`)
  const operations = Object.entries(grant.operations).map(
    ([id, { fields, query }]) => [id, { fields, query: query ?? [] }] as const,
  )
  return {
    consumer: resolver.subsystem(grant.consumer, `${place}/consumer`).id,
    service: service.id,
    provider: service.member.id,
    operations: Object.fromEntries(operations),
    purpose: resolver.purpose(grant.purpose, `${place}/purpose`),
    law: { act, section },
    rate: grant.rate ?? null,
    consent: grant.consent ?? false,
    ...(grant.actor === undefined ? {} : { actor: grant.actor }),
    validDays: days(grant.valid),
    withheldDays: grant.withheld === undefined ? null : days(grant.withheld),
  }
}

/** The grants of the country. Throws `country-data-invalid`, also for an unknown member, purpose or law. */
export function readGrants(
  references: GrantReferences,
  text: string = dataFile(FILE),
): readonly GrantTemplate[] {
  const resolver = new Resolver(references)
  const seen = new Set<string>()
  return readYaml(Type.Array(grantSchema), FILE, text).map((grant, index) => {
    const read = template(grant, `/${index}`, resolver)
    const key = `${read.consumer} ${read.service} ${read.purpose}`
    if (seen.has(key))
      throw invalidData(FILE, `/${index}`, 'this consumer, service and purpose are there already')
    seen.add(key)
    return read
  })
}

/** The grants that a provider orders at a time (milliseconds), with its expiry and, if so, when it is shown. */
export function grantOrders(
  templates: readonly GrantTemplate[],
  provider: string,
  now: number,
): readonly GrantOrder[] {
  const at = (days: number): string => new Date(now + days * DAY).toISOString()
  return templates
    .filter((one) => one.provider === provider)
    .map(({ provider: _, validDays, withheldDays, ...grant }) => ({
      ...grant,
      notBefore: at(0),
      expires: at(validDays),
      ...(withheldDays === null ? {} : { withheldUntil: at(withheldDays) }),
    }))
}
