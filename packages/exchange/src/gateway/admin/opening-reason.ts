import { Type } from 'typebox'

/** Why somebody opens what is sealed: long enough to say something, short enough to be read by whom it concerned. */
export const openingReason = Type.String({ minLength: 10, maxLength: 300, pattern: '\\S{3}' })
