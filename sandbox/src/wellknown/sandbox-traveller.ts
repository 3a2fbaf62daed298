import type { Text } from '@sapan/kernel'
import { foreignerNumber } from '../registers/imm/foreigner-number.ts'
import { passportMrz } from '../travellers/mrz.ts'
import { createTravellers, type SyntheticTraveller } from '../travellers/travellers.ts'

/** A traveller whom guides and tests name. Nobody of them exists. */
export interface WellKnownTraveller {
  /** `GBR:SMT000001` */
  readonly passport: string
  readonly issuingState: string
  readonly number: string
  readonly birthDate: string
  readonly expiry: string
  readonly nationality: string
  /** `given` is null for who has one name. */
  readonly name: { readonly given: string | null; readonly family: string }
  /** The two lines at the foot of the passport's page. */
  readonly mrz: readonly [string, string]
}

export type TravellerKind = 'worker' | 'one-name' | 'birth-year-only'

const RULES: Readonly<Record<TravellerKind, (one: SyntheticTraveller) => boolean>> = {
  worker: ({ page, stay }) => page.nationality === 'GBR' && stay.kind === 'work',
  'one-name': ({ page }) => page.given === null,
  'birth-year-only': ({ page }) => page.birthDate.length === 4,
}

/** A traveller of the sandbox, by kind; without one, a worker from Britain. They are few, so they are found by rule. */
export function sandboxTraveller(kind: TravellerKind = 'worker'): WellKnownTraveller {
  return wellKnown(createTravellers().find(RULES[kind]))
}

/** A traveller who is long in the country, with a 90-day report to make. */
export interface WellKnownStay extends WellKnownTraveller {
  readonly serial: number
  readonly about: Text
}

/** The foreigner whom guides and tests name: as `WellKnownStay`, and numbered. */
export interface WellKnownForeigner extends WellKnownStay {
  /** Numbers that the register gives begin with its serial 1, so that nobody else gets this one. */
  readonly foreignerNumber: string
}

const hasLongPermission =
  (state: string) =>
  ({ page, stay }: SyntheticTraveller): boolean =>
    page.nationality === state && stay.kind === 'long-term' && page.birthDate.length === 10

/** A German with a long-term permission, who has a foreigner number already and a report that is due. */
export function sandboxForeigner(): WellKnownForeigner {
  const found = createTravellers().find(hasLongPermission('DEU'))
  return {
    ...wellKnown(found),
    serial: found?.serial ?? 0,
    foreignerNumber: foreignerNumber(0),
    about: {
      th: 'ชาวต่างชาติที่ถึงกำหนดรายงานตัว 90 วัน',
      en: 'A foreigner whose 90-day report is due',
    },
  }
}

/** A French with a long-term permission, whom agencies know by their passport alone, and a report that is due. */
export function sandboxPassportHolder(): WellKnownStay {
  const found = createTravellers().find(hasLongPermission('FRA'))
  return {
    ...wellKnown(found),
    serial: found?.serial ?? 0,
    about: {
      th: 'ชาวต่างชาติที่มีแต่หนังสือเดินทาง ถึงกำหนดรายงานตัว 90 วัน',
      en: 'A foreigner with only a passport, whose 90-day report is due',
    },
  }
}

function wellKnown(found: SyntheticTraveller | undefined): WellKnownTraveller {
  if (found === undefined) throw new Error('the travellers have no such example')
  const { issuingState, number, birthDate, expiry, nationality, given, family } = found.page
  return {
    passport: `${issuingState}:${number}`,
    issuingState,
    number,
    birthDate,
    expiry,
    nationality,
    name: { given, family },
    mrz: passportMrz(found.page),
  }
}
