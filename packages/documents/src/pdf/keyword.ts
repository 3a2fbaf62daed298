/** A word that is no object: `obj`, `stream`, `R`, or an operator of a content stream. */
export class Keyword {
  readonly word: string

  constructor(word: string) {
    this.word = word
  }
}

/** The marks that end an array or a dictionary. */
export const ARRAY_END = new Keyword(']')
export const DICT_END = new Keyword('>>')
