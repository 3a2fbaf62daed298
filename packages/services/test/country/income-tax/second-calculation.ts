/**
 * Personal income tax on employment income, calculated a second time: written from the rules in words and not from the
 * service's expressions or its table, so that a mistake in one of them shows. Amounts are whole satang.
 */
export interface TaxReturn {
  /** Of the Buddhist era. */
  readonly taxYear: number
  /** `1960-12-31` */
  readonly birthDate: string
  readonly disabled: boolean
  readonly filedOn: string
  readonly wantsInstalments: boolean
  readonly married: boolean
  /** Absent where the spouse's income is not to be told: nobody is married. */
  readonly spouseIncome: bigint
  readonly employers: readonly Employer[]
  readonly children: readonly { readonly born: string; readonly order: number }[]
  /** How many own or spouse's parents of 60 and more, with little income, are claimed. */
  readonly parents: number
  /** How many disabled people the taxpayer cares for. */
  readonly caredFor: number
  /** Expenses of each pregnancy. */
  readonly pregnancies: readonly bigint[]
  readonly lifeInsurance: bigint
  readonly healthInsurance: bigint
  readonly parentsHealth: bigint
  readonly rmf: bigint
  readonly pensionInsurance: bigint
  readonly homeLoan: bigint
  readonly doubleDonations: bigint
  readonly donations: bigint
}

export interface Employer {
  readonly wages: bigint
  readonly withheld: bigint
  readonly socialSecurity: bigint
  readonly provident: bigint
}

export interface TaxResult {
  readonly income: bigint
  readonly expenses: bigint
  readonly exemption: bigint
  readonly allowances: bigint
  readonly doubleDonations: bigint
  readonly donations: bigint
  readonly netIncome: bigint
  readonly tax: bigint
  readonly withheld: bigint
  readonly refund: bigint
  readonly taxDue: bigint
  readonly monthsLate: number
  readonly surcharge: bigint
  readonly fineAtMost: bigint
  /** One, or three where instalments are wanted and allowed. */
  readonly instalments: readonly bigint[]
  readonly dueNow: bigint
  readonly mustFile: boolean
}

const baht = (amount: bigint): bigint => amount * 100n
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)
const notBelowZero = (a: bigint): bigint => (a < 0n ? 0n : a)
const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, one) => sum + one, 0n)

/** The whole way from income to what is paid or paid back. */
export function secondCalculation(given: TaxReturn): TaxResult {
  const income = total(given.employers.map((one) => one.wages))
  const expenses = least(income / 2n, baht(100_000n))
  const exemption = exempt(given, income - expenses)
  const allowances = allowancesOf(given, income)
  const beforeDonations = notBelowZero(income - expenses - exemption - allowances)
  const doubleDonations = least(2n * given.doubleDonations, beforeDonations / 10n)
  const afterDouble = beforeDonations - doubleDonations
  const donations = least(given.donations, afterDouble / 10n)
  const netIncome = afterDouble - donations
  const tax = taxOf(netIncome)
  const withheld = total(given.employers.map((one) => one.withheld))
  return {
    income,
    expenses,
    exemption,
    allowances,
    doubleDonations,
    donations,
    netIncome,
    tax,
    withheld,
    ...settlement(given, tax, withheld),
    mustFile: given.married ? income + given.spouseIncome > baht(220_000n) : income > baht(120_000n),
  }
}

function exempt(given: TaxReturn, remaining: bigint): bigint {
  const birthday65 = `${Number(given.birthDate.slice(0, 4)) + 65}${given.birthDate.slice(4)}`
  const is65 = birthday65 <= `${given.taxYear - 543}-12-31`
  return is65 || given.disabled ? least(remaining, baht(190_000n)) : 0n
}

function allowancesOf(given: TaxReturn, income: bigint): bigint {
  return (
    baht(60_000n) +
    (given.married && given.spouseIncome === 0n ? baht(60_000n) : 0n) +
    total(given.children.map((child) => childAllowance(child, given.taxYear))) +
    baht(30_000n) * BigInt(given.parents) +
    baht(60_000n) * BigInt(given.caredFor) +
    (given.taxYear < 2561 ? 0n : total(given.pregnancies.map((one) => least(one, baht(60_000n))))) +
    insurance(given) +
    least(given.parentsHealth, baht(15_000n)) +
    least(total(given.employers.map((one) => one.socialSecurity)), socialSecurityLimit(given.taxYear)) +
    retirement(given, income) +
    least(given.homeLoan, baht(100_000n))
  )
}

function childAllowance(child: { readonly born: string; readonly order: number }, taxYear: number): bigint {
  const isLater = taxYear >= 2561 && child.order >= 2 && child.born >= '2018-01-01'
  return baht(isLater ? 60_000n : 30_000n)
}

function insurance(given: TaxReturn): bigint {
  const health = least(given.healthInsurance, baht(given.taxYear < 2563 ? 15_000n : 25_000n))
  return least(least(given.lifeInsurance, baht(100_000n)) + health, baht(100_000n))
}

function socialSecurityLimit(taxYear: number): bigint {
  if (taxYear === 2563) return baht(5_850n)
  if (taxYear === 2564) return baht(5_100n)
  if (taxYear === 2565) return baht(6_300n)
  return baht(9_000n)
}

function retirement(given: TaxReturn, income: bigint): bigint {
  const provident = total(given.employers.map((one) => one.provident))
  const rmf = least(given.rmf, (income * (given.taxYear < 2563 ? 15n : 30n)) / 100n)
  return least(provident + rmf + given.pensionInsurance, baht(500_000n))
}

/** Exactly, as a whole number of hundredths of a satang, and only then rounded down. */
function taxOf(netIncome: bigint): bigint {
  const edges: readonly (readonly [bigint, bigint])[] = [
    [5_000_000n, 35n],
    [2_000_000n, 30n],
    [1_000_000n, 25n],
    [750_000n, 20n],
    [500_000n, 15n],
    [300_000n, 10n],
    [150_000n, 5n],
  ]
  let hundredths = 0n
  let top = netIncome
  for (const [edge, percent] of edges) {
    if (top <= baht(edge)) continue
    hundredths += (top - baht(edge)) * percent
    top = baht(edge)
  }
  return hundredths / 100n
}

function settlement(given: TaxReturn, tax: bigint, withheld: bigint) {
  const taxDue = notBelowZero(tax - withheld)
  const monthsLate = lateMonths(`${given.taxYear - 542}-04-08`, given.filedOn)
  const surcharge = least((taxDue * 15n * BigInt(monthsLate)) / 1000n, taxDue)
  const inThree = given.wantsInstalments && monthsLate === 0 && taxDue >= baht(3_000n)
  const third = taxDue / 3n
  const instalments = inThree ? [taxDue - 2n * third, third, third] : [taxDue]
  return {
    refund: notBelowZero(withheld - tax),
    taxDue,
    monthsLate,
    surcharge,
    fineAtMost: monthsLate > 0 ? baht(2_000n) : 0n,
    instalments,
    dueNow: (instalments[0] ?? 0n) + surcharge,
  }
}

/** Months, or parts of one, after the last day. The last day is the 8th, which every month has; none counts after the 67th. */
function lateMonths(lastDay: string, filedOn: string): number {
  if (filedOn <= lastDay) return 0
  const [y0, m0, d0] = lastDay.split('-').map(Number)
  const [y1, m1, d1] = filedOn.split('-').map(Number)
  const whole = ((y1 ?? 0) - (y0 ?? 0)) * 12 + ((m1 ?? 0) - (m0 ?? 0))
  return Math.min(whole + ((d1 ?? 0) > (d0 ?? 0) ? 1 : 0), 67)
}
