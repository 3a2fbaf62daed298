import type { Text } from '@sapan/kernel'
import { Type } from 'typebox'
import { dataFile, readYaml, textSchema } from '../schema.ts'

/** How long an applicant has for something, and by which law. */
export interface CountryWait {
  /** Days of the calendar. */
  readonly days: number
  readonly law: { readonly law: string; readonly section: string; readonly about: Text }
}

const wait = Type.Object(
  {
    days: Type.Integer({ minimum: 1, maximum: 365 }),
    law: Type.Object(
      { law: Type.String(), section: Type.String(), about: textSchema },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
)

const waits = Type.Object({ information: wait, payment: wait }, { additionalProperties: false })

const FILE = 'services/waits.yaml'

/** How long applicants have to answer and to pay, where a service says nothing else. Throws `country-data-invalid`. */
export function readWaits(text: string = dataFile(FILE)): {
  readonly information: CountryWait
  readonly payment: CountryWait
} {
  return readYaml(waits, FILE, text)
}
