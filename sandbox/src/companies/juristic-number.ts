import { nationalIdCheckDigit } from '@sapan/kernel'

/** The digit of the form in a juristic person's number. */
export const FORMS = {
  'ordinary-partnership': 2,
  'limited-partnership': 3,
  'limited-company': 5,
  'public-company': 7,
} as const

export type CompanyForm = keyof typeof FORMS

/** Real registers come nowhere near 90,000 in one province, form and year: from there on numbers are synthetic. */
const FIRST_SERIAL = 90_000

/**
 * A synthetic juristic person's number: 0, province, form, the last three digits of the Buddhist year, five digits from
 * 90001, check digit. `serial` counts from 1 within province, form and year.
 */
export function syntheticJuristicId(
  province: string,
  form: CompanyForm,
  buddhistYear: number,
  serial: number,
): string {
  const twelve = `0${province}${FORMS[form]}${String(buddhistYear).slice(-3)}${FIRST_SERIAL + serial}`
  return twelve + nationalIdCheckDigit(twelve)
}

/** Whether a juristic person's number is one of the sandbox. */
export function isSyntheticJuristicId(id: string): boolean {
  return /^0[1-9]\d[2357]\d{3}9\d{5}$/.test(id)
}
