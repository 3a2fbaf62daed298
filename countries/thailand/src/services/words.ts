import { Type } from 'typebox'

/** For whom a service is. */
export const audienceSchema = Type.Array(
  Type.Union([Type.Literal('citizen'), Type.Literal('business'), Type.Literal('foreigner')]),
  { minItems: 1 },
)

const phrase = Type.String({ minLength: 2, maxLength: 100 })

/** What people call a thing, for the search. */
export const saysSchema = Type.Object(
  { th: Type.Array(phrase, { minItems: 1 }), en: Type.Array(phrase, { minItems: 1 }) },
  { additionalProperties: false },
)
