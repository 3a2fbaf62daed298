import { type Static, type TSchema, Type } from 'typebox'
import { dataFile, invalidData, readYaml } from '../schema.ts'
import type { CountryLevels } from './levels.ts'

const exact = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })
const count = Type.Integer({ minimum: 1, maximum: 1_000_000 })
const factor = Type.Union([
  Type.Literal('passkey-synced'),
  Type.Literal('passkey-device-bound'),
  Type.Literal('passkey-hardware'),
  Type.Literal('password'),
  Type.Literal('totp'),
  Type.Literal('recovery-code'),
  Type.Unsafe<`external:${string}`>(Type.String({ pattern: '^external:[a-z][a-z0-9-]*$' })),
])
const rate = exact({ count, seconds: Type.Integer({ minimum: 1, maximum: 86_400 }) })
const door = exact({ device: rate, address: rate, overall: Type.Optional(rate) })
const schema = exact({
  checked: Type.Boolean(),
  combinations: Type.Array(exact({ aal: Type.String(), factors: Type.Array(factor, { minItems: 1 }) }), {
    minItems: 1,
  }),
  coolingOffHours: exact({
    remote: Type.Number({ exclusiveMinimum: 0 }),
    inPerson: Type.Number({ exclusiveMinimum: 0 }),
  }),
  reviewDays: count,
  freshSeconds: Type.Integer({ minimum: 30, maximum: 3600 }),
  limits: exact({
    authenticators: count,
    freeFailures: exact({ known: count, unknown: count, address: count }),
    firstWaitSeconds: count,
    longestWaitSeconds: count,
    forgetHours: count,
  }),
  doors: exact({ start: door, open: door, reproof: door, letter: door }),
})

/** The country's rules of signing in. `checked` says whether they were held against the standard's text. */
export type CountryAuthentication = Static<typeof schema>

const FILE = 'identity/authentication.yaml'

/** The rules of signing in. Throws `country-data-invalid`, also for a level that the country does not have. */
export function readAuthentication(
  { levels }: { readonly levels: CountryLevels },
  text: string = dataFile(FILE),
): CountryAuthentication {
  const authentication = readYaml(schema, FILE, text)
  for (const [at, { aal, factors }] of authentication.combinations.entries()) {
    const place = `/combinations/${at}`
    if (!levels.aal.some(({ code }) => code === aal)) throw invalidData(FILE, place, `there is no AAL ${aal}`)
    // A password proves nothing by itself that others could not know as well (NIST SP 800-63B §3.1.1).
    if (factors.every((one) => one === 'password'))
      throw invalidData(FILE, place, 'a password alone is no way in')
  }
  const { firstWaitSeconds, longestWaitSeconds } = authentication.limits
  if (firstWaitSeconds > longestWaitSeconds)
    throw invalidData(FILE, '/limits', 'the first wait is the longest')
  return authentication
}
