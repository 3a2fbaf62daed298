import { type Divisions, loadCountry } from '@sapan/thailand'

/** The registration office (สำนักทะเบียน) of a district. */
export interface Registrar {
  /** As a member of the exchange; null for a district whose registrar is none. */
  readonly member: string | null
  readonly th: string
  readonly en: string
}

const BANGKOK = '10'

/** The four digits of the district whose registrar is competent for a sub-district. */
export function registrarCode(subdistrict: string): string {
  return subdistrict.slice(0, 4)
}

/** The members that are registrars of districts, with the four digits of each. */
export function registrarMembers(): readonly { readonly id: string; readonly district: string }[] {
  return loadCountry().members.flatMap(({ id, code }) =>
    /^REG\d{4}$/.test(code) ? [{ id, district: code.slice(3) }] : [],
  )
}

/** The registrar of a district, by its four digits. */
export function registrarOf(divisions: Divisions, district: string): Registrar {
  const name = divisions.district(district)?.name ?? { th: district, en: district }
  const office = district.startsWith(BANGKOK) ? 'สำนักทะเบียนท้องถิ่นเขต' : 'สำนักทะเบียนอำเภอ'
  return {
    member: registrarMembers().find((one) => one.district === district)?.id ?? null,
    th: `${office}${name.th}`,
    en: `Registrar, ${name.en} District`,
  }
}
