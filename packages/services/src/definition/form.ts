import type { Expression } from '@sapan/cel'
import type { Text } from '@sapan/kernel'

export const fieldTypes = [
  'text',
  'longtext',
  'choice',
  'choices',
  'yes-no',
  'date',
  'month',
  'money',
  'whole',
  'national-id',
  'juristic-id',
  'foreigner-number',
  'passport',
  'phone',
  'email',
  'address',
  'country',
  'file',
  'person-name',
] as const

/**
 * What a value is, in answers: `text`, `longtext`, `phone`, `email` and all numbers of people and things: a text; `choice`,
 * `country`: a code; `choices`: codes; `yes-no`: true or false; `date`: `2026-02-28`; `month`: `2026-02`; `money`: whole
 * satang; `whole`: a whole number; `address`: `AddressAnswer`; `file`: `FileAnswer`; `person-name`: `NameAnswer`.
 */
export type FieldType = (typeof fieldTypes)[number]

export interface Form {
  /** The task list, in its order. Each page belongs to one. */
  readonly sections: readonly FormSection[]
  /** In the order in which they are asked. */
  readonly pages: readonly FormPage[]
  /** In an order in which each needs only earlier ones; their names stand in `calc`. */
  readonly calculated: readonly Calculated[]
  /** What the applicant declares before handing in. */
  readonly declaration: Text
}

export interface FormSection {
  readonly id: string
  readonly title: Text
}

/** One page: one question, or some that belong together. */
export interface FormPage {
  readonly id: string
  readonly section: string
  readonly title: Text
  readonly about?: Text
  /** Only shown where this is true. */
  readonly when?: Expression
  /** Filled in several times: answers lie as a list under the page's id. Expressions of its fields see `item`. */
  readonly repeat?: PageRepeat
  readonly fields: readonly Field[]
}

export interface PageRepeat {
  readonly min: number
  readonly max: number
  /** What one is called: `บุตร`. */
  readonly one: Text
  /** How one is named in the list: the text of this field. */
  readonly titleField: string
  /** A list in facts with which it begins: each entry fills in the fields whose `from` reads `item`. */
  readonly from?: Expression
}

export interface Field {
  /** Its name in `answers`, unique in the form. */
  readonly id: string
  readonly type: FieldType
  readonly label: Text
  readonly hint?: Text
  /** Only asked where this is true. */
  readonly when?: Expression
  readonly required: boolean | Expression
  /** What it means: a term of the country's vocabulary (`person:birthDate`); absent: only the applicant can know. */
  readonly term?: string
  /** Why it is asked though an agency holds the term: about another person, say. */
  readonly asksAlthough?: Text
  /** The value that registers know: of `facts` (`facts.person.birthDate`), or of `item` in a repeated page. */
  readonly from?: Expression
  /** Whether the applicant may change what came from a register. Where not, they dispute it. */
  readonly changeable: boolean
  readonly options: readonly FieldOption[]
  readonly checks: readonly FieldCheck[]
  readonly limits: FieldLimits
  /** Of a text: it is a code of the country's divisions, and people read the name of the place. */
  readonly code?: 'subdistrict'
  /** Personal data of special kinds (PDPA s.26): not in lists or logs, shown only where it is needed. */
  readonly isSensitive: boolean
}

export interface FieldOption {
  readonly value: string
  readonly text: Text
  readonly hint?: Text
}

/** What must be so, and what is said where it is not. */
export interface FieldCheck {
  readonly rule: Expression
  readonly text: Text
}

/** By the type: letters of a text, satang of money, days of a date, bytes of a file, entries of choices. */
export interface FieldLimits {
  readonly min?: number | string | Expression
  readonly max?: number | string | Expression
  /** Of files: media types. */
  readonly accepts?: readonly string[]
}

export interface Calculated {
  readonly id: string
  readonly label: Text
  readonly type: 'money' | 'whole' | 'text' | 'yes-no' | 'date' | 'list'
  readonly value: Expression
  /** Whether it is shown in check-your-answers and to officers. */
  readonly isShown: boolean
  /** How it came about, with the law. */
  readonly about?: Text
}
