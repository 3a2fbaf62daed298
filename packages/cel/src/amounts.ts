import { type CelList, CelScalar, type CelValue, celFunc, isCelMap, listType } from '@bufbuild/cel'

const { DYN, INT } = CelScalar
const LIST = listType(DYN)
/** A rate of 1 is a hundredth of a percent. */
const WHOLE = 10_000n

function numbers(list: CelList): readonly bigint[] {
  return [...list].map((one) => {
    if (typeof one !== 'bigint') throw new TypeError('not a whole number')
    return one
  })
}

function most(amounts: readonly bigint[], isBetter: (one: bigint, other: bigint) => boolean): bigint {
  return amounts.reduce((best, one) => (isBetter(one, best) ? one : best))
}

const least = (amounts: readonly bigint[]): bigint => most(amounts, (one, other) => one < other)
const greatest = (amounts: readonly bigint[]): bigint => most(amounts, (one, other) => one > other)

/** Whole satang: what is over is left off. */
function percent(amount: bigint, hundredths: bigint): bigint {
  if (amount < 0n || hundredths < 0n) throw new RangeError('negative')
  return (amount * hundredths) / WHOLE
}

interface Bracket {
  readonly upTo: bigint | undefined
  readonly rate: bigint
}

function bracket(entry: CelValue): Bracket {
  if (!isCelMap(entry)) throw new TypeError('no bracket')
  const [upTo, rate] = [entry.get('upTo'), entry.get('rate')]
  if (typeof rate !== 'bigint' || rate < 0n) throw new TypeError('no rate')
  if (typeof upTo === 'bigint') return { upTo, rate }
  if (upTo === undefined || upTo === null) return { upTo: undefined, rate }
  throw new TypeError('no limit')
}

/**
 * What a progressive table takes of an amount: each part at its own rate, the sum rounded down once. The table's entries
 * are `{ upTo, rate }`, upward; the last has no `upTo`. Rates are hundredths of a percent.
 */
function brackets(amount: bigint, table: CelList): bigint {
  if (amount < 0n) throw new RangeError('negative')
  let [from, taken] = [0n, 0n]
  for (const { upTo, rate } of [...table].map(bracket)) {
    if (upTo !== undefined && upTo <= from) throw new RangeError('limits must go up')
    const till = upTo === undefined || upTo > amount ? amount : upTo
    taken += (till - from) * rate
    if (till === amount) return taken / WHOLE
    from = till
  }
  throw new RangeError('above the last limit')
}

/** Functions over whole numbers and amounts in satang. They never round but downward, and say where. */
export const amountFunctions = [
  celFunc('min', [LIST], INT, (list) => least(numbers(list))),
  celFunc('min', [INT, INT], INT, (one, other) => least([one, other])),
  celFunc('min', [INT, INT, INT], INT, (...all) => least(all)),
  celFunc('max', [LIST], INT, (list) => greatest(numbers(list))),
  celFunc('max', [INT, INT], INT, (one, other) => greatest([one, other])),
  celFunc('max', [INT, INT, INT], INT, (...all) => greatest(all)),
  celFunc('sum', [LIST], INT, (list) => numbers(list).reduce((total, one) => total + one, 0n)),
  celFunc('percent', [INT, INT], INT, percent),
  celFunc('brackets', [INT, LIST], INT, brackets),
]
