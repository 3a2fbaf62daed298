import { type Static, type TProperties, Type } from 'typebox'

const one = { additionalProperties: false } as const

/** An object that has these names and no others. */
export const strict = <P extends TProperties>(properties: P, description?: string) =>
  Type.Object(properties, description === undefined ? one : { ...one, description })

const TEXT = {
  th: Type.String({ minLength: 1, maxLength: 4000 }),
  en: Type.String({ minLength: 1, maxLength: 4000 }),
}

export const text = Type.Object(TEXT, {
  ...one,
  title: 'Text',
  description: 'A text in both languages: `{ th: …, en: … }`',
})

/** How `text` is told from other objects where one is missing. */
export const TEXT_TITLE = 'Text'

/** A CEL expression; a number or a truth value may stand as it is. */
export const expression = Type.Unsafe<string | number | boolean>({
  type: ['string', 'integer', 'boolean'],
  description: 'An expression (CEL), or a whole number, or true or false',
})

/** An expression, and what it says: `Whether it is asked`. */
export const expressionOf = (what: string) =>
  Type.Unsafe<string | number | boolean>({ ...expression, description: `Expression (CEL). ${what}` })

/** A text, and what it is there for. */
export const textOf = (what: string) =>
  Type.Object(TEXT, { ...one, title: 'Text', description: `${what}: \`{ th: …, en: … }\`` })

const NAME = '^[a-z][A-Za-z0-9]{0,39}$'

/** A name that expressions read: `birthDate`. */
export const name = (description: string) => Type.String({ pattern: NAME, description })

/** A name in addresses: `about-you`. */
export const slug = (description: string) =>
  Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 60, description })

export const code = (description: string) => Type.String({ minLength: 1, maxLength: 120, description })

export const expressions = (description: string) =>
  Type.Record(Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_-]{0,63}$' }), expression, { description })

/** A law, for what it is said. */
export const lawOf = (description: string) =>
  strict(
    {
      law: code('A code of the country’s laws'),
      section: Type.String({ minLength: 1, maxLength: 60, description: 'Its section: `"30"`' }),
      about: text,
    },
    description,
  )

export const law = lawOf('A law: `{ law: civil-registration, section: "30", about: { th: …, en: … } }`')

/** JSON of which a part may be `{ cel: … }`. */
export const template = Type.Unsafe<JsonSource>({
  description: 'JSON, of which each part may be an expression, written `{ cel: "answers.name" }`',
})

export type JsonSource =
  | string
  | number
  | boolean
  | null
  | readonly JsonSource[]
  | { readonly [key: string]: JsonSource }

export type ExpressionSource = Static<typeof expression>
export type LawSource = Static<typeof law>
export type TextSource = Static<typeof text>
