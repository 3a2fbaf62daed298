import { readCalendar } from '@sapan/thailand'
import type { IdentityFile } from './identity.ts'
import { readText } from './read.ts'

/**
 * When offices work: the country's calendar, with the operator's own file of cabinet days over it where there is one (setting
 * `holidays`). Throws `input-unreadable`, and `country-data-invalid` with the place in the file.
 */
export async function calendarOf({ holidays }: Pick<IdentityFile, 'holidays'>) {
  if (holidays === undefined) return readCalendar()
  return readCalendar({ file: holidays, text: await readText(holidays) })
}
