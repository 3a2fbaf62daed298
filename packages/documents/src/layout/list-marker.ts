import type { Language } from '@sapan/kernel'
import { thaiDigits } from '../text/digits.ts'
import type { List } from './description.ts'

/** The letters that Thai lists count with; ฃ and ฅ are out of use. */
const THAI_LETTERS = [...'กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ']

/** What stands before the item of that number, from 1. */
export function markerText(marker: NonNullable<List['marker']>, number: number, language: Language): string {
  if (marker === 'bullet') return '•'
  if (marker === 'dash') return '–'
  if (marker === 'thai') return `${THAI_LETTERS[(number - 1) % THAI_LETTERS.length]}.`
  return `${language === 'th' ? thaiDigits(number) : number}.`
}
