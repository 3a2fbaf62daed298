import type { Language } from '@sapan/kernel'
import { fieldWords, orCode, type PlainWords } from '../../consents/plain-words.ts'
import type { MergedAccess } from '../../usage/source.ts'
import { memberOf } from '../../usage/usage.ts'
import { usageWords } from './words.ts'

/** The agency that looked, and the one whose data it was. */
export function agenciesOf(access: MergedAccess, words: PlainWords, language: Language) {
  const [who, from] = [access.client, access.service].map((id) => {
    const member = memberOf(id)
    return orCode(words.member(member), member)[language]
  })
  return { who: who ?? '', from: from ?? '' }
}

export function purposeOf({ purpose }: MergedAccess, words: PlainWords, language: Language): string {
  return orCode(words.purpose(purpose)?.name, purpose)[language]
}

/** Each field once, in the vocabulary's words. */
export function fieldsOf({ fields, service }: MergedAccess, words: PlainWords, language: Language): string[] {
  return [...new Set(fields.map((path) => fieldWords(words, service, path)[language]))]
}

/** Whether nothing was given out: refused, or the agency's own system had nothing. */
export function wasRefused({ status, fields }: MergedAccess): boolean {
  return status !== null && status >= 400 && fields.length === 0
}

/** Who acted, as far as it is proven. A claim (`X-Road-UserId`) is never shown. */
export function roleOf({ actor, part }: MergedAccess, language: Language): string {
  if (!actor?.proven) return usageWords.noRole[language]
  if (actor.officer) return actor.officer.title[language]
  const isCompany = actor.represents?.kind === 'company'
  const kinds = {
    person: part === 'oneself' ? usageWords.self : usageWords.other,
    mandate: {
      acting: isCompany ? usageWords.youForCompany : usageWords.youForPerson,
      represented: usageWords.forYou,
      none: isCompany ? usageWords.forCompany : usageWords.mandate,
    }[part === 'acting' || part === 'represented' ? part : 'none'],
    helper: part === 'represented' ? usageWords.helperForYou : usageWords.helper,
  }
  return orCode(Object.entries(kinds).find(([kind]) => kind === actor.kind)?.[1], actor.kind)[language]
}

/** The law stands in evidence in both languages: `ประมวลรัษฎากร ม. 19 / Revenue Code, ม. 19`. */
export function lawOf({ law }: MergedAccess, language: Language): string {
  const [th = law, en = th] = law.split(' / ')
  return language === 'th' ? th : en
}
