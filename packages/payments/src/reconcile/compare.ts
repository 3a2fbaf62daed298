/** A movement of money at the bank: in, from who pays; out, to who gets a refund. Amounts are satang. */
export interface Movement {
  /** The bank's number of it. */
  readonly transaction: string
  readonly direction: 'in' | 'out'
  readonly amount: number
  /** What was paid for: the code's first reference; of what goes out, the order's key. */
  readonly reference: string
}

export type DifferenceKind =
  /** The bank has it, we were not told. */
  | 'unknown-here'
  /** We were told, the bank does not have it. */
  | 'unknown-there'
  | 'amount-differs'
  | 'reference-differs'
  | 'direction-differs'
  /** The bank's statement has it more than once. */
  | 'repeated-there'

export interface Difference {
  readonly kind: DifferenceKind
  readonly transaction: string
  readonly ours?: Movement
  readonly theirs?: Movement
}

/** Every difference between what we know of a day and what the bank says, in both directions, to the satang. */
export function differencesOf(ours: readonly Movement[], theirs: readonly Movement[]): readonly Difference[] {
  const known = new Map(ours.map((one) => [one.transaction, one]))
  const seen = new Map<string, Movement>()
  const found: Difference[] = []
  for (const one of theirs) {
    const { transaction } = one
    const own = known.get(transaction)
    if (seen.has(transaction)) found.push({ kind: 'repeated-there', transaction, theirs: one })
    else if (own === undefined) found.push({ kind: 'unknown-here', transaction, theirs: one })
    else found.push(...kindsOf(own, one).map((kind) => ({ kind, transaction, ours: own, theirs: one })))
    seen.set(transaction, one)
  }
  const lost = [...known.values()].filter(({ transaction }) => !seen.has(transaction))
  found.push(
    ...lost.map((own) => ({ kind: 'unknown-there', transaction: own.transaction, ours: own }) as const),
  )
  return found
}

function kindsOf(ours: Movement, theirs: Movement): readonly DifferenceKind[] {
  const kinds: DifferenceKind[] = []
  if (ours.amount !== theirs.amount) kinds.push('amount-differs')
  if (ours.reference !== theirs.reference) kinds.push('reference-differs')
  if (ours.direction !== theirs.direction) kinds.push('direction-differs')
  return kinds
}

/** What came in and went out, in satang and in number. */
export interface DaySums {
  readonly in: number
  readonly inCount: number
  readonly out: number
  readonly outCount: number
}

export function sumsOf(movements: readonly Movement[]): DaySums {
  const of = (direction: Movement['direction']) => movements.filter((one) => one.direction === direction)
  const total = (list: readonly Movement[]) => list.reduce((sum, { amount }) => sum + amount, 0)
  const [ins, outs] = [of('in'), of('out')]
  return { in: total(ins), inCount: ins.length, out: total(outs), outCount: outs.length }
}
