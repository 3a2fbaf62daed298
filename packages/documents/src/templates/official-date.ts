const thai = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('th-TH-u-ca-buddhist-nu-thai', { timeZone: 'UTC', ...options })

const parts = thai({ day: 'numeric', month: 'long', year: 'numeric' })
const month = new Intl.DateTimeFormat('th-TH', { month: 'long', timeZone: 'UTC' })

/** A date as official letters have it, with Thai digits: `๒๒ พฤศจิกายน ๒๕๖๙`. `iso` is a day of the Common Era. */
export function officialDate(iso: string): string {
  const { day, name, year } = official(iso)
  return `${day} ${name} ${year}`
}

/** The same with the era named, as orders and announcements have it: `๒๒ พฤศจิกายน พ.ศ. ๒๕๖๙`. */
export function officialDateWithEra(iso: string): string {
  const { day, name, year } = official(iso)
  return `${day} ${name} พ.ศ. ${year}`
}

function official(iso: string) {
  const at = new Date(`${iso}T00:00:00Z`)
  const found = new Map(parts.formatToParts(at).map(({ type, value }) => [type, value]))
  return { day: found.get('day') ?? '', name: month.format(at), year: found.get('year') ?? '' }
}

/** A day for forms that are read on screens too, with Arabic digits: `22 พฤศจิกายน 2569`. */
export function plainDate(iso: string): string {
  const at = new Date(`${iso}T00:00:00Z`)
  return `${at.getUTCDate()} ${month.format(at)} ${at.getUTCFullYear() + 543}`
}

/** A moment in Thai time: `22 พฤศจิกายน 2569 เวลา 10:32 น.`. `iso` has an offset or Z. */
export function plainMoment(iso: string): string {
  // Thailand is seven hours ahead all year, and has been since 1920.
  const local = new Date(Date.parse(iso) + 7 * 3_600_000).toISOString()
  return `${plainDate(local.slice(0, 10))} เวลา ${local.slice(11, 16)} น.`
}
