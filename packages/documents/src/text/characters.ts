import { type Typeface, typeface } from './typeface.ts'

/** A character that can't be written, and why. */
export interface RefusedCharacter {
  readonly character: string
  readonly reason: 'control' | 'right-to-left' | 'emoji' | 'missing'
}

// Scripts that run from right to left, with their presentation forms (Unicode bidi classes R and AL).
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
// Controls, format characters (bidi controls, joiners, byte order mark), private use, surrogates, line separators.
const CONTROL = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u
const EMOJI =
  /[\p{Extended_Pictographic}\p{Emoji_Presentation}\p{Emoji_Modifier}\p{Regional_Indicator}]|[\u{fe0e}\u{fe0f}]|\u{20e3}/u

/** The characters of a text that this typeface can't write, each once. */
export function refusedCharacters(text: string, cut: Typeface): RefusedCharacter[] {
  const refused = new Map<string, RefusedCharacter>()
  for (const character of text) {
    const reason = refusal(character, cut)
    if (reason) refused.set(character, { character, reason })
  }
  return [...refused.values()]
}

function refusal(character: string, cut: Typeface): RefusedCharacter['reason'] | undefined {
  if (CONTROL.test(character)) return 'control'
  if (cut.has(character)) return undefined
  if (RIGHT_TO_LEFT.test(character)) return 'right-to-left'
  return EMOJI.test(character) ? 'emoji' : 'missing'
}

/** The text with a question mark for each character that one of our cuts can't write. */
export function writableText(text: string): string {
  const cuts = [typeface('regular'), typeface('bold')]
  return Array.from(text, (character) =>
    cuts.some((cut) => refusal(character, cut)) ? '?' : character,
  ).join('')
}

/** A character as problems name it: `U+05D0 א`, without the glyph where it has none to show. */
export function characterName({ character, reason }: RefusedCharacter): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return reason === 'control' ? `U+${code}` : `U+${code} ${character}`
}
