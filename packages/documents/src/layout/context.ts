import type { Language } from '@sapan/kernel'
import type { RefusedCharacter } from '../text/characters.ts'
import type { Digits } from './description.ts'

/** What every block needs to know while it is laid out. */
export interface LayoutContext {
  readonly language: Language
  /** Points of running text, and its lines' distance in multiples of the size. */
  readonly textSize: number
  readonly lineHeight: number
  /** Points that a page offers in height. */
  readonly frameHeight: number
  /** The page and how many there are, where that is known: in headers and footers. From 1. */
  readonly page?: number
  readonly pages?: number
  /** Characters that can't be written, found on the way. */
  readonly refused: RefusedCharacters
}

/** Collects what can't be written, so that one answer names all of it. */
export class RefusedCharacters {
  readonly #found = new Map<string, RefusedCharacter>()

  add(characters: readonly RefusedCharacter[]): void {
    for (const refused of characters) this.#found.set(refused.character, refused)
  }

  get all(): readonly RefusedCharacter[] {
    return [...this.#found.values()]
  }
}

export const defaultDigits = (language: Language): Digits => (language === 'th' ? 'thai' : 'arabic')
