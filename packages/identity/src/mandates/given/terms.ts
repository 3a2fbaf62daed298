import { counted, type Text } from '@sapan/kernel'
import type { MandateScope, MandatesCountry } from '../country.ts'
import type { Limits } from '../mandate.ts'
import { mandateProblem } from '../room.ts'

/** What a mandate that a person gives is to cover. Times are milliseconds since 1970. */
export interface Terms {
  readonly scopes: readonly string[]
  readonly limits: Limits
  readonly from: number
  readonly till: number
}

const dayLength = 86_400_000
const mostBaht = 1_000_000_000_000

/** What people can give each other. */
export function givableScopes({ scopes }: Pick<MandatesCountry, 'scopes'>): readonly MandateScope[] {
  return scopes.filter(({ person }) => person !== undefined)
}

/** For how many days these may be given together: as long as the shortest of them. */
export function longestDays(
  country: Pick<MandatesCountry, 'scopes' | 'given'>,
  codes: readonly string[],
): number {
  const days = country.scopes.flatMap(({ code, person }) =>
    person && codes.includes(code) ? [person.longestDays] : [],
  )
  return Math.min(country.given.longestDays, ...days)
}

/** Throws `mandate-terms-invalid` with what is wrong. `agencies`: members that there are, where any may be named. */
export function refuseTerms(
  country: MandatesCountry,
  { scopes, limits, from, till }: Terms,
  { now, agencies }: { readonly now: number; readonly agencies: readonly string[] },
): void {
  const givable = new Set(givableScopes(country).map(({ code }) => code))
  const amountScopes = new Set(country.scopes.flatMap(({ code, person }) => (person?.amount ? [code] : [])))
  if (scopes.length === 0) throw wrong('เลือกอย่างน้อยหนึ่งเรื่อง', 'Choose at least one kind of act.')
  if (scopes.some((code) => !givable.has(code)) || new Set(scopes).size !== scopes.length)
    throw wrong('มีเรื่องที่ให้ผู้อื่นทำแทนไม่ได้', 'Among the acts is one that cannot be given to another.')
  const { amount } = limits
  if (amount !== undefined && (!Number.isSafeInteger(amount) || amount < 1 || amount > mostBaht))
    throw wrong('จำนวนเงินต้องเป็นจำนวนเต็มบาท', 'The amount is in whole baht, at least one.')
  if (amount !== undefined && !scopes.some((code) => amountScopes.has(code)))
    throw wrong('เรื่องที่เลือกไม่มีจำนวนเงินให้จำกัด', 'None of the chosen acts has an amount to limit.')
  if (limits.agencies?.length === 0 || limits.agencies?.some((agency) => !agencies.includes(agency)))
    throw wrong('ไม่รู้จักหน่วยงานที่เลือก', 'One of the agencies is not known.')
  const days = longestDays(country, scopes)
  if (!Number.isFinite(from) || !Number.isFinite(till) || from < now - dayLength)
    throw wrong('วันที่เริ่มผ่านไปแล้วหรือไม่มีจริง', 'The first day has passed, or there is no such day.')
  if (till <= from || till <= now) throw wrong('วันสิ้นสุดต้องอยู่หลังวันเริ่ม', 'The last day comes after the first.')
  if (till - Math.max(from, now) > (days + 1) * dayLength)
    throw wrong(`ให้ได้ไม่เกิน ${days} วัน`, `It can be given for at most ${counted(days, 'day')}.`)
}

function wrong(th: string, en: string) {
  const detail: Text = { th, en }
  return mandateProblem('mandate-terms-invalid', { detail })
}

/** What of a proposal is accepted: some of its acts, and perhaps for shorter. Throws `mandate-terms-invalid`. */
export function partOf(
  terms: Terms,
  part: { readonly scopes?: readonly string[]; readonly till?: number },
): Terms {
  const scopes = part.scopes ?? terms.scopes
  const till = part.till ?? terms.till
  if (scopes.length === 0 || scopes.some((code) => !terms.scopes.includes(code)))
    throw wrong('เลือกอย่างน้อยหนึ่งเรื่องจากที่ขอมา', 'Choose at least one of the acts that were asked for.')
  if (till > terms.till || till <= terms.from)
    throw wrong('วันสิ้นสุดต้องไม่เกินที่ขอมา', 'The last day is no later than what was asked for.')
  return { ...terms, scopes: [...new Set(scopes)], till }
}
