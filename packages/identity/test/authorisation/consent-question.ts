import type { ConsentHouse } from '../consents/house.ts'

export const payroll = 'TH/COM/PAYROLL'
export const otherAgency = 'TH/GOV/RD'
export const everything = { fields: ['name', 'status'], days: 30 }

let last = 2000000000000

/** A question of the payroll company about somebody. */
export function asksFor(value: string) {
  return {
    subject: { scheme: 'national-id', value },
    consumer: `${payroll}/main`,
    service: 'TH/GOV/DOPA/population/person-v1',
    purpose: 'employee-verification',
    fields: ['name', 'status'],
    reason: { th: 'ตรวจชื่อก่อนจ่ายเงินเดือน', en: 'To check the name before paying' },
  }
}

/** Whom a question is about, another person, and an account that there is not. */
export async function peopleOf(house: ConsentHouse) {
  const number = String(last++)
  return {
    number,
    subject: await house.person(number),
    stranger: await house.person(String(last++)),
    nobody: '01939c2e-0000-7000-8000-000000000000',
  }
}
