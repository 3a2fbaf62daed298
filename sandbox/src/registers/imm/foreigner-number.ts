import { nationalIdCheckDigit } from '@sapan/kernel'
import { loadCountry } from '@sapan/thailand'
import { scattered } from '../../population/numbers.ts'

/** Bangkok, and an office that no district has: the number is marked as the sandbox's, as people's numbers are. */
const OFFICE = '1051'

/**
 * A foreigner's number: the country's first digit, office, seven digits, check digit. The Bureau's register gives it and
 * not identity: one person has one number, whoever asks and whatever passport follows. Serials have no gaps, so that every
 * number is accounted for; they are spread over the seven digits, so that a number says nothing of the ones beside it.
 */
export function foreignerNumber(serial: number): string {
  const { firstDigit } = loadCountry().identity.proofing.foreignerNumber
  const twelve = `${firstDigit}${OFFICE}${scattered(serial, 7)}`
  return twelve + nationalIdCheckDigit(twelve)
}
