import type { Text } from '@sapan/kernel'
import { type Static, Type } from 'typebox'
import { dataFile, invalidData, readYaml, textSchema } from '../schema.ts'
import type { CountryLevels } from './levels.ts'

const exact = <P extends Parameters<typeof Type.Object>[0]>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })
const code = Type.String({ pattern: '^[a-z]+(-[a-z]+)*$' })

/** The ways of proofing that the software knows; what level each gives is the country's. */
const methodCodes = [
  'self-asserted',
  'population-register',
  'passport',
  'outside-provider',
  'in-person',
] as const
export type MethodCode = (typeof methodCodes)[number]

const method = exact({
  code: Type.Union(methodCodes.map((one) => Type.Literal(one))),
  ial: Type.String(),
  checked: Type.Boolean(),
  name: textSchema,
  about: textSchema,
  needs: textSchema,
})
const register = exact({ member: Type.String(), service: Type.String(), purpose: Type.String() })
const schema = exact({
  methods: Type.Array(method),
  evidences: Type.Array(exact({ code, photo: Type.Boolean(), name: textSchema }), { minItems: 2 }),
  outsideProvider: exact({ code, name: exact({ th: Type.String(), en: Type.String() }) }),
  registers: exact({ population: register, person: register, immigration: register }),
  cardCode: exact({ pattern: Type.String(), example: Type.String() }),
  foreignerNumber: exact({ firstDigit: Type.String({ pattern: '^[0-9]$' }), checked: Type.Boolean() }),
  attempts: exact({
    account: Type.Integer({ minimum: 1 }),
    number: Type.Integer({ minimum: 1 }),
    hours: Type.Integer({ minimum: 1 }),
  }),
})

export interface ProofingMethod {
  readonly code: MethodCode
  readonly ial: string
  /** Whether the level was held against the official text. */
  readonly checked: boolean
  readonly name: Text
  readonly about: Text
  /** What the person must have at hand. */
  readonly needs: Text
}

/** How people prove who they are in this country. */
export type CountryProofing = Omit<Static<typeof schema>, 'methods'> & {
  readonly methods: readonly ProofingMethod[]
}

const FILE = 'identity/proofing.yaml'

/** What references point at. */
interface References {
  readonly levels: CountryLevels
  readonly purposes: readonly { readonly code: string }[]
}

/** Throws `country-data-invalid`, also for an unknown level or purpose, a method twice or missing. */
export function readProofing(references: References, text: string = dataFile(FILE)): CountryProofing {
  const read = readYaml(schema, FILE, text)
  for (const [at, { ial }] of read.methods.entries())
    if (!references.levels.ial.some((level) => level.code === ial))
      throw invalidData(FILE, `/methods/${at}/ial`, `there is no level ${ial}`)
  for (const wanted of methodCodes)
    if (read.methods.filter((one) => one.code === wanted).length !== 1)
      throw invalidData(FILE, '/methods', `${wanted} must be there once`)
  for (const [name, { purpose }] of Object.entries(read.registers))
    if (!references.purposes.some((one) => one.code === purpose))
      throw invalidData(FILE, `/registers/${name}/purpose`, `there is no purpose ${purpose}`)
  if (!new RegExp(read.cardCode.pattern).test(read.cardCode.example))
    throw invalidData(FILE, '/cardCode', 'the example does not fit the pattern')
  return read
}
