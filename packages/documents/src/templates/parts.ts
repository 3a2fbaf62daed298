import { type Static, Type } from 'typebox'

/** Something to read, on one line. */
const PRINTED = '^(?=[^\\r\\n\\t]*\\S)[^\\r\\n\\t]*$'

/** One line of text as it is printed. */
export const line = (most = 300) => Type.String({ minLength: 1, maxLength: most, pattern: PRINTED })

/** A paragraph, or a long entry. */
export const prose = () => Type.String({ minLength: 1, maxLength: 4000, pattern: PRINTED })

/** Years that the Buddhist calendar as it is counted today can show. */
const YEAR = '(189[0-9]|19[0-9]{2}|2[0-9]{3})'

/** `2026-11-22`, a day that there is, Common Era. */
export const date = () => Type.String({ format: 'date', pattern: `^${YEAR}-[0-9]{2}-[0-9]{2}$` })

/** `2026-11-21T18:32:00+07:00`, a moment with its offset. */
export const moment = () =>
  Type.String({
    format: 'date-time',
    pattern: `^${YEAR}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-5][0-9](Z|[+-][0-9]{2}:[0-9]{2})$`,
  })

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
