import { type Static, Type } from 'typebox'

/** One line of text as it is printed. */
export const line = (most = 300) => Type.String({ minLength: 1, maxLength: most, pattern: '^[^\\r\\n\\t]*$' })

/** A paragraph, or a long entry. */
export const prose = () => Type.String({ minLength: 1, maxLength: 4000, pattern: '^[^\\r\\n\\t]*$' })

/** `2026-11-22`, Common Era. */
export const date = () => Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' })

/** Who signs, as it stands under the signature. */
export const signer = Type.Object(
  {
    name: line(120),
    position: line(200),
    /** ปฏิบัติราชการแทน, รักษาการในตำแหน่ง: as a line of its own. */
    acting: Type.Optional(line(200)),
  },
  { additionalProperties: false },
)
export type SignerData = Static<typeof signer>

/** An object that takes nothing beside what it names. */
export const strict: typeof Type.Object = ((properties, options) =>
  Type.Object(properties, { ...options, additionalProperties: false })) as typeof Type.Object
