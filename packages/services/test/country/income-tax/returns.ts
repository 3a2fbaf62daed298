import fc from 'fast-check'
import type { TaxReturn } from './second-calculation.ts'

const amount = (most: number) =>
  fc.oneof(
    fc.constant(0n),
    fc.bigInt(0n, BigInt(most) * 100n),
    fc.bigInt(0n, BigInt(most)).map((one) => one * 100n),
  )
const day = (from: string, to: string) =>
  fc
    .date({ min: new Date(`${from}T00:00:00Z`), max: new Date(`${to}T00:00:00Z`), noInvalidDate: true })
    .map((one) => one.toISOString().slice(0, 10))

const employer = fc.record({
  wages: fc.oneof(amount(400_000), amount(9_000_000)),
  withheld: amount(900_000),
  socialSecurity: amount(12_000),
  provident: amount(400_000),
})

const inYear = (taxYear: number) =>
  fc.record({
    taxYear: fc.constant(taxYear),
    birthDate: day('1930-01-01', '2005-12-31'),
    disabled: fc.boolean(),
    filedOn: fc.oneof(
      day(`${taxYear - 542}-01-01`, `${taxYear - 542}-12-31`),
      day(`${taxYear - 542}-01-01`, `${taxYear - 532}-12-31`),
    ),
    wantsInstalments: fc.boolean(),
    married: fc.boolean(),
    spouseIncome: amount(600_000),
    employers: fc.array(employer, { minLength: 1, maxLength: 5 }),
    children: fc.array(
      fc.record({
        born: day(`${taxYear - 543 - 19}-01-01`, `${taxYear - 543}-12-31`),
        order: fc.integer({ min: 1, max: 8 }),
      }),
      { maxLength: 8 },
    ),
    parents: fc.integer({ min: 0, max: 4 }),
    caredFor: fc.integer({ min: 0, max: 4 }),
    pregnancies: fc.array(amount(90_000), { maxLength: 2 }),
    lifeInsurance: amount(150_000),
    healthInsurance: amount(50_000),
    parentsHealth: amount(30_000),
    rmf: amount(800_000),
    pensionInsurance: amount(300_000),
    homeLoan: amount(150_000),
    doubleDonations: amount(400_000),
    donations: amount(400_000),
  })

/** Any return that the form would take. A person who is not married has no spouse's income. */
export const anyReturn: fc.Arbitrary<TaxReturn> = fc
  .integer({ min: 2560, max: 2568 })
  .chain(inYear)
  .map((one) => (one.married ? one : { ...one, spouseIncome: 0n }))
