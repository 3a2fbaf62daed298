/** A part of a payment with its own time. */
export interface Part {
  /** Satang. */
  readonly amount: number
  /** Milliseconds since 1970. */
  readonly dueAt: number
}

/**
 * An amount in equal parts, one for each time; what does not divide comes with the first, so that nothing is owed for
 * longer. Throws `RangeError` where a part would be nothing, or a time is before the one before it.
 */
export function inParts(amount: number, dueAts: readonly number[]): readonly Part[] {
  const each = Math.floor(amount / dueAts.length)
  if (!Number.isSafeInteger(each) || each < 1) throw new RangeError('an amount is not so divided')
  if (dueAts.some((at, i) => i > 0 && at < (dueAts[i - 1] ?? 0))) throw new RangeError('times do not go back')
  const rest = amount - each * dueAts.length
  return dueAts.map((dueAt, i) => ({ amount: i === 0 ? each + rest : each, dueAt }))
}
