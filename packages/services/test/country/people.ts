import { EXAMPLE_COMPANY, sandboxPerson } from '@sapan/sandbox'
import type { Applicant } from '../../src/application/application.ts'

const name = (given: string, family: string) => ({
  th: { title: 'นาย', given: `${given}ชัย`, family: `${family}วงศ์` },
  en: { title: 'Mr', given: `Som${given.length}`, family: 'Sommotwong' },
})

export const today = '2026-03-02'
export const father = sandboxPerson('taxpayer').nationalId
export const mother = sandboxPerson('spouse').nationalId
export const child = sandboxPerson('child').nationalId
export const elder = sandboxPerson('elder').nationalId
export const partner = sandboxPerson('partner').nationalId
export const company = EXAMPLE_COMPANY

/** An address as registers give it. */
export const address = {
  houseId: '10015300017',
  houseNumber: '99/12',
  moo: null,
  subdistrict: { code: '100402', th: 'สีลม', en: 'Si Lom' },
  district: { code: '1004', th: 'บางรัก', en: 'Bang Rak' },
  province: { code: '10', th: 'กรุงเทพมหานคร', en: 'Bangkok' },
  postalCode: '10500',
}

/** The same as a person fills it in. */
export const addressAnswer = {
  houseNumber: '45',
  moo: '3',
  subdistrictCode: '900201',
  subdistrict: 'จะทิ้งพระ',
  district: 'สทิงพระ',
  province: 'สงขลา',
  postalCode: '90190',
}

export const somebody = { name: name('สม', 'สมมติ'), status: 'living' }

/** Who applies for themselves. */
export function person(id: string): Applicant {
  const names = { th: 'นายสมชัย สมมติวงศ์', en: 'Mr Som Sommotwong' }
  return { account: 'a', kind: 'person', id, scheme: 'national-id', name: names }
}

export const foreigner: Applicant = {
  ...person('6105100000017'),
  id: '6105100000017',
  scheme: 'foreigner-number',
}

/** Whom agencies know by their passport alone. */
export const passportHolder: Applicant = { ...foreigner, id: 'FRA:SMT000042', scheme: 'passport' }

export const ofCompany: Applicant = {
  account: 'a',
  kind: 'company',
  id: company,
  scheme: 'juristic-id',
  name: { th: 'บริษัท สมมติรุ่งเรืองกิจการค้า จำกัด', en: 'Sommot Co., Ltd.' },
  mandate: 'm',
}
