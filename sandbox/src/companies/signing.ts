import type { Text } from '@sapan/kernel'

/** Who binds a company with a signature, by the numbers of its directors. */
export type SigningCondition =
  | { readonly kind: 'any'; readonly count: number; readonly seal: boolean }
  | { readonly kind: 'together'; readonly directors: readonly string[]; readonly seal: boolean }
  /** `director` together with one of the others. */
  | {
      readonly kind: 'with-one-of'
      readonly director: string
      readonly others: readonly string[]
      readonly seal: boolean
    }

/** The name of a director by number, in both languages. */
export type NameOfDirector = (nationalId: string) => Text

const THAI_COUNT = ['', 'หนึ่ง', 'สอง', 'สาม', 'สี่', 'ห้า']
const ENGLISH_COUNT = [
  '',
  'One director',
  'Two directors',
  'Three directors',
  'Four directors',
  'Five directors',
]

function anyOf(count: number): Text {
  const en = `${ENGLISH_COUNT[count] ?? `${count} directors`}`
  if (count === 1) return { th: 'กรรมการหนึ่งคนลงลายมือชื่อ', en: `${en} signs` }
  return { th: `กรรมการ${THAI_COUNT[count] ?? count}คนลงลายมือชื่อร่วมกัน`, en: `${en} sign jointly` }
}

function listed(names: readonly Text[], th: string, en: string): Text {
  return { th: names.map((name) => name.th).join(th), en: names.map((name) => name.en).join(en) }
}

function whoSigns(condition: SigningCondition, nameOf: NameOfDirector): Text {
  switch (condition.kind) {
    case 'any':
      return anyOf(condition.count)
    case 'together': {
      const names = listed(condition.directors.map(nameOf), ' และ', ' and ')
      if (condition.directors.length === 1) return { th: `${names.th} ลงลายมือชื่อ`, en: `${names.en} signs` }
      return { th: `${names.th} ลงลายมือชื่อร่วมกัน`, en: `${names.en} sign jointly` }
    }
    case 'with-one-of': {
      const first = nameOf(condition.director)
      const others = listed(condition.others.map(nameOf), ' หรือ', ' or ')
      return {
        th: `${first.th} ลงลายมือชื่อร่วมกับ ${others.th} รวมเป็นสองคน`,
        en: `${first.en} signs together with ${others.en}, two in all`,
      }
    }
  }
}

/** The condition in words, as a certificate of registration has it. */
export function signingText(condition: SigningCondition, nameOf: NameOfDirector, partnership: boolean): Text {
  const { th, en } = whoSigns(condition, nameOf)
  if (!condition.seal) return { th, en: `${en}.` }
  const [bodyTh, bodyEn] = partnership ? ['ห้าง', 'partnership'] : ['บริษัท', 'company']
  return { th: `${th} และประทับตราสำคัญของ${bodyTh}`, en: `${en}, with the ${bodyEn}’s seal.` }
}
