import type { Day } from '../population/days.ts'
import { REGISTER_DAY } from '../population/settings.ts'
import type { SyntheticEmployment } from './employment.ts'

/** What one employer paid one person in a year of the Buddhist era. Amounts in satang. */
export interface EmploymentYear {
  readonly employment: SyntheticEmployment
  readonly taxYear: number
  /** For the whole year, as the employer will have told it when the year is over. */
  readonly months: number
  readonly income: number
  readonly socialSecurity: number
  readonly providentFund: number
  readonly taxWithheld: number
}

/** Tax years that the sandbox knows; the last one is shown once it is over. */
export const TAX_YEARS = [2566, 2567, 2568, 2569] as const

const BAHT = 100

/** 5 % of at most 15,000 baht a month, of at most 17,500 from 2569 (Social Security Act B.E. 2533 ss. 46, 47). */
export function monthlyContribution(wage: number, taxYear: number): number {
  const insured = Math.min(wage, taxYear >= 2569 ? 17_500 * BAHT : 15_000 * BAHT)
  return Math.floor((insured * 5) / 100)
}

/** Satang a month in that year: three hundredths less for each year back, in steps of 100 baht. */
export function wageIn({ wage }: SyntheticEmployment, taxYear: number): number {
  const back = 2569 - taxYear
  return Math.round((wage * (100 - 3 * back)) / 100 / 100) * 100 * BAHT
}

/** Which month a day is in, counted on from the year 0. */
function monthOf(value: Day): number {
  const date = new Date(value * 86_400_000)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

/** Months of the year in which the employment ran, whole or in part, up to a month. */
function monthsIn({ started, ended }: SyntheticEmployment, taxYear: number, until: number): number {
  const january = (taxYear - 543) * 12
  const end = Math.min(ended === null ? until : monthOf(ended), until, january + 11)
  return Math.max(0, end - Math.max(monthOf(started), january) + 1)
}

/** Net income up to which each rate holds, in baht, and the rate in hundredths (Revenue Code, rates since 2560). */
const BRACKETS = [
  [150_000, 0],
  [300_000, 5],
  [500_000, 10],
  [750_000, 15],
  [1_000_000, 20],
  [2_000_000, 25],
  [5_000_000, 30],
  [Number.POSITIVE_INFINITY, 35],
] as const

function taxOn(net: number): number {
  let [tax, from] = [0, 0]
  for (const [till, rate] of BRACKETS) {
    const part = Math.max(0, Math.min(net, till * BAHT) - from)
    tax += Math.floor((part * rate) / 100)
    from = till * BAHT
  }
  return tax
}

/** As an employer withholds who knows of no family: expenses, the taxpayer's own allowance, what was paid to funds. */
function withheld(income: number, paid: number): number {
  const expenses = Math.min(Math.floor(income / 2), 100_000 * BAHT)
  return taxOn(Math.max(0, income - expenses - 60_000 * BAHT - paid))
}

/** A year of an employment; undefined where it did not run in it. */
export function employmentYear(employment: SyntheticEmployment, taxYear: number): EmploymentYear | undefined {
  // The year that is not over runs to its end: whoever works now is taken to go on.
  const months = monthsIn(employment, taxYear, Number.POSITIVE_INFINITY)
  if (months === 0) return undefined
  const wage = wageIn(employment, taxYear)
  const income = wage * months
  const socialSecurity = monthlyContribution(wage, taxYear) * months
  const providentFund = Math.floor((income * employment.provident) / 100)
  const taxWithheld = withheld(income, socialSecurity + providentFund)
  return { employment, taxYear, months, income, socialSecurity, providentFund, taxWithheld }
}

/** Contributions paid up to the day of the registers: the year that is not over counts as far as it has come. */
export function contributionYear(employment: SyntheticEmployment, taxYear: number) {
  const months = monthsIn(employment, taxYear, monthOf(REGISTER_DAY))
  if (months === 0) return undefined
  return {
    employment,
    taxYear,
    months,
    amount: monthlyContribution(wageIn(employment, taxYear), taxYear) * months,
  }
}
