import { buddhistDate, thaiClock } from '../text/dates.ts'

/** A date as official letters have it, with Thai digits: `๒๒ พฤศจิกายน ๒๕๖๙`. `iso` is a day of the Common Era. */
export function officialDate(iso: string): string {
  return buddhistDate(midnight(iso))
}

/** The same with the era named, as orders and announcements have it: `๒๒ พฤศจิกายน พ.ศ. ๒๕๖๙`. */
export function officialDateWithEra(iso: string): string {
  return buddhistDate(midnight(iso), { form: 'era' })
}

/** A day for forms that are read on screens too, with Arabic digits: `22 พฤศจิกายน 2569`. */
export function plainDate(iso: string): string {
  return buddhistDate(midnight(iso), { digits: 'arabic' })
}

/** A moment in Thai time: `22 พฤศจิกายน 2569 เวลา 10:32 น.`. `iso` has an offset or Z. */
export function plainMoment(iso: string): string {
  const at = Date.parse(iso)
  const time = thaiClock(at).toISOString().slice(11, 16)
  return `${buddhistDate(at, { digits: 'arabic' })} เวลา ${time} น.`
}

/** The beginning of that day in Thailand. */
const midnight = (iso: string): number => Date.parse(`${iso}T00:00:00+07:00`)
