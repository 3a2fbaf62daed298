import type { Text } from '@sapan/kernel'

/** Why a text is no expression. `offset`: where in it, in UTF-16 units from 0. */
export class ExpressionFault extends Error {
  readonly reason: Text
  readonly offset: number

  constructor(reason: Text, offset: number) {
    super(reason.en)
    this.reason = reason
    this.offset = offset
  }
}
