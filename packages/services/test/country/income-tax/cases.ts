import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { TaxResult, TaxReturn } from './second-calculation.ts'

/** A worked case: what is given, how it is calculated step by step, and what comes out, in literal numbers. */
export interface WorkedCase {
  readonly id: string
  readonly about: string
  readonly given: Readonly<Record<string, unknown>>
  readonly steps: readonly string[]
  readonly expect: Readonly<Record<string, unknown>>
}

/** The worked cases as they are written. */
export const workedCases: readonly WorkedCase[] = parse(
  readFileSync(new URL('cases.yaml', import.meta.url), 'utf8'),
)

const nobody: TaxReturn = {
  taxYear: 2568,
  birthDate: '1985-06-15',
  disabled: false,
  filedOn: '2026-03-02',
  wantsInstalments: false,
  married: false,
  spouseIncome: 0n,
  employers: [],
  children: [],
  parents: 0,
  caredFor: 0,
  pregnancies: [],
  lifeInsurance: 0n,
  healthInsurance: 0n,
  parentsHealth: 0n,
  rmf: 0n,
  pensionInsurance: 0n,
  homeLoan: 0n,
  doubleDonations: 0n,
  donations: 0n,
}

const counts = new Set(['taxYear', 'parents', 'caredFor', 'order', 'monthsLate'])

/** Amounts as `bigint`, counts as numbers. */
function exact(key: string, value: unknown): unknown {
  if (typeof value === 'number') return counts.has(key) ? value : BigInt(value)
  if (Array.isArray(value)) return value.map((one) => exact(key, one))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, exact(name, one)]))
}

/** What a case gives, whole: what it does not say is nothing, nobody or no. */
export function givenOf({ given }: WorkedCase): TaxReturn {
  return { ...nobody, ...(exact('given', given) as Partial<TaxReturn>) }
}

/** What a case expects. */
export function expectedOf({ expect }: WorkedCase): TaxResult {
  return exact('expect', expect) as TaxResult
}
