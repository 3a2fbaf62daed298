import type { Language } from '@sapan/kernel'

export type Align = 'left' | 'right' | 'center' | 'justify'

/** Red, green and blue, 0 to 255 each. */
export type Colour = readonly [red: number, green: number, blue: number]

/** What stands in a line. A bare string takes the look of what it stands in. */
export type Inline = string | TextSpan | PageNumber | PageCount | LineBreak

export interface TextSpan {
  readonly text: string
  readonly bold?: boolean
  readonly italic?: boolean
  /** Points. */
  readonly size?: number
  readonly colour?: Colour
  readonly underline?: boolean
  /** An address that a reader can follow (`https:`, `mailto:`). */
  readonly link?: string
  /** No line ends inside it: a name, a number with its unit. */
  readonly nowrap?: boolean
  /** Where this text is in another language than the document. */
  readonly language?: Language
}

export interface PageNumber {
  readonly type: 'pageNumber'
  readonly digits?: Digits
}

export interface PageCount {
  readonly type: 'pageCount'
  readonly digits?: Digits
}

export interface LineBreak {
  readonly type: 'lineBreak'
}

/** By default Thai digits where the language is Thai. */
export type Digits = 'thai' | 'arabic'
