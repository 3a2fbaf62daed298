import type { GatewaySettings } from '../settings.ts'

/** `probing`: one question about one person with many different values, by whomever. */
export type UnusualRule = 'volume' | 'hour' | 'no-case' | 'probing'

/** An officer's access, with how often they asked. */
export interface OfficerAccess {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly purpose: string
  /** The case that the token names. */
  readonly case: string | undefined
  /** A day on which offices are closed, beside the usual days of the week. */
  readonly isHoliday: boolean
  /** Accesses in this hour, this one included. */
  readonly inHour: number
  /** Accesses in an hour in which they worked, of the last days; 0 where there was none. */
  readonly usual: number
}

/** What is out of the usual about an access. That it is unusual does not say that it is wrong. */
export function unusualRules(access: OfficerAccess, settings: GatewaySettings['unusual']): UnusualRule[] {
  const { officeHours, leastPerHour, timesUsual, casePurposes } = settings
  const rules: UnusualRule[] = []
  if (access.inHour > leastPerHour && access.inHour > access.usual * timesUsual) rules.push('volume')
  if (access.isHoliday || !isOfficeHour(access.at, officeHours)) rules.push('hour')
  if (access.case === undefined && casePurposes.includes(access.purpose)) rules.push('no-case')
  return rules
}

/** Days are 0, Sunday, to 6. Holidays are told with the access. */
function isOfficeHour(
  at: number,
  { timeZone, days, from, to }: GatewaySettings['unusual']['officeHours'],
): boolean {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  const day = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].indexOf(part('weekday'))
  const hour = Number(part('hour'))
  return days.includes(day) && hour >= from && hour < to
}
