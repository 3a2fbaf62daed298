import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'

/**
 * What moves with a member is a text of lines, each a JSON object: first who moves where, then keys and rows, then how the log
 * ends, and at the end a JWS of the member over the SHA-256 of all lines before.
 */
export const firstLine = Type.Object({
  format: Type.Literal('sapan-member-1'),
  member: Type.String(),
  from: Type.String(),
  to: Type.String(),
  /** Keys of subject hashes, the one for new records last: base64. */
  subjectKeys: Type.Array(Type.String(), { minItems: 1 }),
  /** With which key each epoch of the log was signed. */
  epochs: Type.Array(Type.Object({ epoch: Type.Integer({ minimum: 1 }), vkey: Type.String() })),
  log: Type.Object({
    epoch: Type.Integer(),
    size: Type.Integer(),
    txid: Type.Integer(),
    ordinal: Type.Integer(),
  }),
})

export const rowLine = Type.Object({ table: Type.String(), row: Type.Record(Type.String(), Type.Unknown()) })

export const lastLine = Type.Object({ end: Type.String() })

export type FirstLine = Static<typeof firstLine>

export const firstLineShape = Compile(firstLine)
export const rowLineShape = Compile(rowLine)
export const lastLineShape = Compile(lastLine)

/** The JWS `typ` of the last line. */
export const movingType = 'sapan-member+jws'
