import type { JsonValue } from '@sapan/casework'
import type { TaxReturn } from './second-calculation.ts'

/** What somebody would fill in for a return: the answers of the form. */
export function answersOf(given: TaxReturn): Readonly<Record<string, JsonValue>> {
  const money = (amount: bigint): number => Number(amount)
  return {
    taxYear: String(given.taxYear),
    onlyPay: true,
    birthDate: given.birthDate,
    maritalStatus: given.married ? 'married' : 'single',
    isDisabled: given.disabled,
    ...(given.married && { spouseId: '3905207760731', spouseIncome: money(given.spouseIncome) }),
    employers: given.employers.map((one, at) => ({
      employerName: `นายจ้างสมมติ ${at + 1}`,
      employerId: `01055589000${String(at + 10)}`,
      wages: money(one.wages),
      taxWithheld: money(one.withheld),
      socialSecurity: money(one.socialSecurity),
      providentFund: money(one.provident),
    })),
    children: given.children.map(({ born, order }) => ({ childBirthDate: born, childOrder: order })),
    parents: Array.from({ length: given.parents }, (_, at) => ({ parentName: `บุคคลสมมติ ${at + 1}` })),
    claims: ['cared', 'pregnancy', 'insurance', 'retirement', 'home', 'donations'],
    cared: Array.from({ length: given.caredFor }, (_, at) => ({ caredName: `บุคคลสมมติ ${at + 1}` })),
    pregnancies: given.pregnancies.map((one) => ({ pregnancyCost: money(one) })),
    lifeInsurance: money(given.lifeInsurance),
    healthInsurance: money(given.healthInsurance),
    parentsHealth: money(given.parentsHealth),
    rmf: money(given.rmf),
    pensionInsurance: money(given.pensionInsurance),
    homeLoan: money(given.homeLoan),
    donations: [
      { donationKind: 'double', donationAmount: money(given.doubleDonations) },
      { donationKind: 'ordinary', donationAmount: money(given.donations) },
    ],
    wantsInstalments: given.wantsInstalments,
  }
}
