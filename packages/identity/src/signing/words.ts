import { buddhistDate } from '@sapan/documents'
import type { Language } from '@sapan/kernel'
import type { Appointment } from '../officers/appointment.ts'
import type { OfficersCountry } from '../officers/country.ts'
import { dayOf } from '../officers/days.ts'

/** What a signature says of why, and of in whose place. */
export interface SignerWords {
  readonly reason: string
  /** What a visible signature shows. */
  readonly lines: readonly string[]
}

type Country = Pick<OfficersCountry, 'signer' | 'roles' | 'utcOffsetMinutes' | 'buddhistYears'>

/** Whoever signs in another's place is shown as such: in the reason, and where the signature is seen. */
export function wordsOfSigner(
  appointment: Appointment,
  country: Country,
  { reason = '', language, now }: { reason?: string; language: Language; now: number },
): SignerWords {
  const standingIn = inPlaceOf(appointment, country, language)
  const given = reason
    .normalize('NFC')
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
    .trim()
    .slice(0, 200)
  const said = given === '' ? usual[language] : given
  const date = language === 'th' ? buddhistDate(now) : dayOf(now, country)
  return {
    reason: [said, standingIn].filter(Boolean).join(' · '),
    lines: [appointment.title[language], ...(standingIn ? [standingIn] : []), date],
  }
}

const usual: Readonly<Record<Language, string>> = { th: 'ลงนามโดยเจ้าหน้าที่', en: 'Signed by the officer' }

/** `รักษาราชการแทน นายอำเภอเมือง`: in whose place they sign, where the duty was given so. */
export function inPlaceOf(
  { roles }: Appointment,
  { signer, roles: terms }: Pick<Country, 'signer' | 'roles'>,
  language: Language,
): string | undefined {
  const held = roles.find(({ code }) => code === signer)
  const term = terms.find(({ code }) => code === held?.role)
  return held && term ? `${term.name[language]} ${held.behalf}`.trim() : undefined
}
