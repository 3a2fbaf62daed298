import { type Static, Type } from 'typebox'
import { dataFile, invalidData, readYaml } from '../schema.ts'

const days = Type.Integer({ minimum: 1, maximum: 3650 })
const schema = Type.Object(
  { proofingAttempts: days, counterVisits: days, devices: days, sessions: days },
  { additionalProperties: false },
)

/** For how many days is kept what digital identity needs for a while only. */
export type CountryRetention = Static<typeof schema>

const FILE = 'identity/retention.yaml'

/** Throws `country-data-invalid`, also where attempts would go while they still count. */
export function readRetention(
  { proofing }: { readonly proofing: { readonly attempts: { readonly hours: number } } },
  text: string = dataFile(FILE),
): CountryRetention {
  const read = readYaml(schema, FILE, text)
  if (read.proofingAttempts * 24 <= proofing.attempts.hours)
    throw invalidData(FILE, '/proofingAttempts', 'is shorter than the hours for which attempts count')
  return read
}
