import { InvalidArgumentError, Option } from 'commander'
import type { Terminal } from './terminal.ts'

/*
 * What is typed is judged before anything is asked of a gateway: commander ends with misuse and names the option.
 */

/** Reads a whole number of at least one, as the text that goes into a query. */
export function wholeNumber({ say }: Terminal): (typed: string) => string {
  return judged(
    (typed) => /^[1-9]\d{0,8}$/.test(typed),
    say({ th: 'ต้องเป็นจำนวนเต็มตั้งแต่ 1 ขึ้นไป', en: 'It must be a whole number, at least 1.' }),
  )
}

/** Reads a moment in ISO 8601, as RFC 3339 narrows it. A date alone is its midnight in UTC. */
export function moment({ say }: Terminal): (typed: string) => string {
  const check = judged(
    (typed) => /^\d{4}-\d\d-\d\d(T.+(Z|[+-]\d\d:\d\d))?$/.test(typed) && !Number.isNaN(Date.parse(typed)),
    say({
      th: 'ต้องเป็นเวลาแบบ 2026-10-01T00:00:00Z หรือวันที่แบบ 2026-10-01',
      en: 'It must be a time such as 2026-10-01T00:00:00Z, or a date such as 2026-10-01.',
    }),
  )
  return (typed) => new Date(check(typed)).toISOString()
}

/** Reads a day of the calendar. */
export function day({ say }: Terminal): (typed: string) => string {
  return judged(
    (typed) => /^[1-9]\d{3}-\d\d-\d\d$/.test(typed) && isDay(typed),
    say({ th: 'ต้องเป็นวันที่แบบ 2026-10-01', en: 'It must be a day such as 2026-10-01.' }),
  )
}

function isDay(typed: string): boolean {
  const at = new Date(`${typed}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(typed)
}

/** Reads the number of an exchange. */
export function exchangeNumber({ say }: Terminal): (typed: string) => string {
  return judged(
    (typed) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(typed),
    say({
      th: 'ต้องเป็นหมายเลขการแลกเปลี่ยน ดูได้ด้วย sapan evidence list',
      en: 'It must be the number of an exchange; sapan evidence list has them.',
    }),
  )
}

/** Reads an address of so many parts, such as `TH/GOV/DLT` of three. */
export function addressOf(parts: number, example: string, { say }: Terminal): (typed: string) => string {
  return judged(
    (typed) => new RegExp(`^[A-Za-z0-9._-]{1,64}(/[A-Za-z0-9._-]{1,64}){${parts - 1}}$`).test(typed),
    say({ th: `ต้องเขียนแบบ ${example}`, en: `It is written like ${example}.` }),
  )
}

/** `--side`, of the two that an exchange has. */
export function sideOption({ say }: Terminal): Option {
  return new Option('--side <side>', say({ th: 'ฝั่งผู้ขอหรือผู้ให้', en: 'whose record' })).choices([
    'consumer',
    'provider',
  ])
}

function judged(fits: (typed: string) => boolean, otherwise: string): (typed: string) => string {
  return (typed) => {
    if (fits(typed)) return typed
    throw new InvalidArgumentError(otherwise)
  }
}
