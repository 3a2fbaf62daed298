import type { OfficerRecord } from '../../officers/appointment.ts'
import type { OfficersCountry } from '../../officers/country.ts'
import { dayOf, lastDayOf } from '../../officers/days.ts'

/** An officer as the fields of the form have them. */
export function entryValues(record: OfficerRecord, country: OfficersCountry): URLSearchParams {
  const { givenName, familyName, title, unit, from, till } = record
  return new URLSearchParams({
    given_name: givenName,
    family_name: familyName,
    title_th: title.th,
    title_en: title.en,
    unit_th: unit.th,
    unit_en: unit.en,
    from: dayOf(from, country),
    till: till === undefined ? '' : lastDayOf(till, country),
  })
}
