const DATE =
  /^(?:D:)?(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d))?)?)?)?)?(?:(Z)(?:00'?(?:00'?)?)?|([+-])(\d\d)(?:'?(\d\d)?'?)?)?$/

/** A date (ISO 32000-2, 7.9.4) in ms; undefined where it is none. Without a zone it is taken as UTC. */
export function parseDate(text: string | undefined): number | undefined {
  const found = text === undefined ? null : DATE.exec(text.trim())
  if (!found) return undefined
  const [
    ,
    year,
    month = '01',
    day = '01',
    hour = '00',
    minute = '00',
    second = '00',
    ,
    sign,
    h = '00',
    m = '00',
  ] = found
  const utc = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  )
  const offset = (Number(h) * 60 + Number(m)) * 60_000
  if (Number(month) > 12 || Number(day) > 31 || Number(hour) > 23 || Number(minute) > 59 || Number(h) > 23) {
    return undefined
  }
  return sign === '+' ? utc - offset : sign === '-' ? utc + offset : utc
}

/** `D:20260102030405Z`. */
export function formatDate(ms: number): string {
  return `D:${new Date(ms).toISOString().replace(/[-T:]/g, '').slice(0, 14)}Z`
}
