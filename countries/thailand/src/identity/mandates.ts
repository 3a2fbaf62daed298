import type { Text } from '@sapan/kernel'
import { type Static, type TSchema, Type } from 'typebox'
import { dataFile, invalidData, readYaml, textSchema } from '../schema.ts'

const exact = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })
const count = (maximum: number) => Type.Integer({ minimum: 1, maximum })
const register = {
  service: Type.String({ pattern: '^[A-Z]{2}(/[A-Za-z0-9._-]+){4}$' }),
  purpose: Type.String(),
  name: textSchema,
  freshSeconds: Type.Integer({ minimum: 0, maximum: 60 }),
}

const scope = exact({
  code: Type.String({ pattern: '^[a-z]+(-[a-z]+)*$' }),
  name: textSchema,
  about: textSchema,
  company: Type.Optional(exact({ binds: Type.Boolean() })),
  child: Type.Optional(
    exact({ approval: Type.Enum(['one', 'all']), till: Type.Enum(['majority', 'ownConsent']) }),
  ),
  person: Type.Optional(exact({ longestDays: count(3650), amount: Type.Optional(Type.Boolean()) })),
  purposes: Type.Array(Type.String(), { uniqueItems: true }),
  preparedAs: Type.Optional(Type.String()),
  helper: Type.Boolean(),
})

const schema = exact({
  timeZone: Type.String({ pattern: '^[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+$' }),
  leapDayBirthday: Type.Enum(['02-28', '03-01']),
  registers: exact({
    company: exact({ ...register, states: Type.Array(Type.String(), { minItems: 1 }) }),
    population: exact(register),
  }),
  child: exact({ majority: count(30), ownConsent: count(30), namedPerDay: count(100) }),
  given: exact({ longestDays: count(3650), offerDays: count(90), perDay: count(1000) }),
  asked: exact({ answerDays: count(90), perDay: count(1000) }),
  codeTriesPerHour: count(100),
  joint: exact({ days: count(90), useDays: count(365), freshSeconds: count(3600) }),
  helper: exact({
    duty: Type.String(),
    minutes: count(240),
    answerMinutes: count(60),
    perHour: count(1000),
  }),
  confirmation: exact({ freshSeconds: count(3600) }),
  scopes: Type.Array(scope, { minItems: 1 }),
})

/** A kind of act, and who may do it for whom. */
export interface MandateScope extends Readonly<Omit<Static<typeof scope>, 'name' | 'about'>> {
  readonly name: Text
  readonly about: Text
}

/** What the country says of acting for others. */
export interface CountryMandates extends Readonly<Omit<Static<typeof schema>, 'scopes'>> {
  readonly scopes: readonly MandateScope[]
}

const FILE = 'identity/mandates.yaml'

/** For whom people may act, and in what. Throws `country-data-invalid`. */
export function readMandates(
  references: { readonly purposes: readonly { readonly code: string }[] },
  text: string = dataFile(FILE),
): CountryMandates {
  const mandates = readYaml(schema, FILE, text)
  const seen = new Set<string>()
  for (const [at, { code, purposes, preparedAs }] of mandates.scopes.entries()) {
    if (seen.has(code)) throw invalidData(FILE, `/scopes/${at}/code`, `${code} is there twice`)
    seen.add(code)
    const none = purposes.find((purpose) => !references.purposes.some((known) => known.code === purpose))
    if (none !== undefined) throw invalidData(FILE, `/scopes/${at}/purposes`, `${none} is no purpose`)
    if (preparedAs !== undefined && !mandates.scopes.some((scope) => scope.code === preparedAs))
      throw invalidData(FILE, `/scopes/${at}/preparedAs`, `${preparedAs} is no scope`)
  }
  for (const name of ['company', 'population'] as const) {
    const { purpose } = mandates.registers[name]
    if (!references.purposes.some(({ code }) => code === purpose))
      throw invalidData(FILE, `/registers/${name}/purpose`, `${purpose} is no purpose`)
  }
  if (mandates.child.ownConsent > mandates.child.majority)
    throw invalidData(FILE, '/child/ownConsent', 'is above the age of majority')
  refuseLongScopes(mandates)
  return mandates
}

function refuseLongScopes({ scopes, given }: Static<typeof schema>): void {
  for (const [at, { person }] of scopes.entries())
    if (person !== undefined && person.longestDays > given.longestDays)
      throw invalidData(FILE, `/scopes/${at}/person/longestDays`, 'is longer than any mandate may be given')
}
