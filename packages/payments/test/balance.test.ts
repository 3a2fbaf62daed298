import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  after,
  type Balance,
  balanceOf,
  isSettled,
  keptOf,
  maySplit,
  netOf,
  owedOf,
  partsOf,
  stateOf,
} from '../src/payment/balance.ts'
import type { PaymentEvent } from '../src/payment/events.ts'
import { inParts } from '../src/payment/instalments.ts'

const [begun, due] = [1_000, 2_000]
const requested = (amount: number): PaymentEvent => ({ kind: 'requested', at: begun, amount, dueAt: due })
const received = (amount: number, at = 1_500): PaymentEvent => ({
  kind: 'received',
  at,
  amount,
  transaction: `T${amount}-${at}`,
})
const returned = (amount: number): PaymentEvent => ({ kind: 'returned', at: 3_000, amount, refund: 'r' })
/** To where it came from. */
const sentBack = (amount: number): PaymentEvent => ({ ...returned(amount), transaction: 'T' }) as PaymentEvent
const state = (...events: PaymentEvent[]) => stateOf(balanceOf([requested(100), ...events]))

describe('a payment', () => {
  it.each([
    ['waiting', []],
    ['partly-paid', [received(99)]],
    ['paid', [received(100)]],
    ['paid', [received(40), received(60)]],
    ['paid', [received(100, due)]],
    ['overpaid', [received(101)]],
    ['overpaid', [received(100), received(100)]],
    ['late', [received(100, due + 1)]],
    ['late', [received(40), received(60, due + 1)]],
    ['late', [received(40), received(90, due + 1)]],
    ['partly-paid', [received(40, due + 1)]],
    ['lapsed', [{ kind: 'lapsed', at: 2_001 }]],
    ['late', [{ kind: 'lapsed', at: 2_001 }, received(100, 2_002)]],
    // The bank got it in time and told us too late.
    ['paid', [{ kind: 'lapsed', at: 2_001 }, received(100, due)]],
    ['paid', [received(100, due + 1), { kind: 'accepted', at: 3_000 }]],
    ['paid', [received(130), sentBack(30)]],
    ['overpaid', [received(130), returned(100)]],
    ['refunded', [received(130), returned(100), sentBack(30)]],
    ['refunded', [received(130), sentBack(30), returned(100)]],
    ['refunded', [received(100), returned(100)]],
    ['refunded', [received(100, due + 1), returned(100)]],
    ['paid', [received(100), returned(1)]],
  ] as const)('is %s after %j', (name, events) => {
    expect(state(...events)).toBe(name)
  })

  it('lets what it was asked for go on only when all is there, in time or accepted', () => {
    const settled = (...events: PaymentEvent[]) => isSettled(balanceOf([requested(100), ...events]))
    expect(settled(received(99))).toBe(false)
    expect(settled(received(100))).toBe(true)
    expect(settled(received(101))).toBe(true)
    expect(settled(received(100, due + 1))).toBe(false)
    expect(settled(received(100, due + 1), { kind: 'accepted', at: 3_000 })).toBe(true)
    expect(settled(received(100), returned(100))).toBe(false)
  })

  it('gives back no more than is there', () => {
    expect(() => state(received(50), returned(51))).toThrow(RangeError)
  })

  it('begins with its request, which comes once', () => {
    expect(() => balanceOf([received(1)])).toThrow(RangeError)
    expect(() => balanceOf([requested(1), requested(1)])).toThrow(RangeError)
  })
})

describe('a payment in parts', () => {
  const parts = inParts(100, [1_500, 2_500, 3_500])
  const split: PaymentEvent = { kind: 'split', at: 1_200, parts }

  it('has equal ones, the first with what does not divide', () => {
    expect(parts.map(({ amount }) => amount)).toEqual([34, 33, 33])
  })

  it('is late where one part is, though the whole came before the last day', () => {
    expect(state(split, received(34, 1_500), received(33, 2_500), received(33, 3_500))).toBe('paid')
    expect(state(split, received(34, 1_501), received(66, 1_502))).toBe('late')
    expect(state(split, received(34, 1_400), received(33, 2_501), received(33, 2_502))).toBe('late')
  })

  it('is not split once something was paid, nor twice', () => {
    expect(maySplit(balanceOf([requested(100)]))).toBe(true)
    expect(() => state(received(1), split)).toThrow(RangeError)
    expect(() => state(split, split)).toThrow(RangeError)
  })

  it('takes no times that do not follow each other, and no part of nothing', () => {
    expect(() => inParts(100, [2, 1])).toThrow(RangeError)
    expect(() => inParts(2, [1, 2, 3])).toThrow(RangeError)
    expect(() => inParts(100, [])).toThrow(RangeError)
  })

  it('adds up to the satang, for any amount and number', () => {
    const times = fc.uniqueArray(fc.nat(), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(fc.integer({ min: 12, max: 10 ** 12 }), times, (amount, dueAts) => {
        const made = inParts(
          amount,
          dueAts.toSorted((a, b) => a - b),
        )
        expect(made.reduce((sum, part) => sum + part.amount, 0)).toBe(amount)
        const [first, last] = [made[0]?.amount ?? 0, made.at(-1)?.amount ?? 0]
        expect(first - last).toBeLessThan(made.length)
        expect(last).toBeGreaterThan(0)
      }),
    )
  })
})

describe('a payment of which no more is asked', () => {
  const calledOff: PaymentEvent = { kind: 'called-off', at: 1_800 }

  it('keeps what came, and is over', () => {
    expect(state(calledOff)).toBe('called-off')
    expect(state(received(40), calledOff)).toBe('paid')
    expect(state(received(100, due + 1), calledOff)).toBe('paid')
    const nothingKept = balanceOf([requested(100), received(100), { ...calledOff, amount: 0 }])
    expect([stateOf(nothingKept), keptOf(nothingKept)]).toEqual(['overpaid', 0])
    const balance = balanceOf([requested(100), received(40), calledOff])
    expect([owedOf(balance), keptOf(balance), partsOf(balance)]).toMatchObject([
      0,
      40,
      [{ amount: 40, owed: 0 }],
    ])
  })

  it('has too much where money comes all the same, which goes back', () => {
    expect(state(calledOff, received(100))).toBe('overpaid')
    expect(keptOf(balanceOf([requested(100), received(40), calledOff, received(60)]))).toBe(40)
  })
})

describe('a payment of which some was given back', () => {
  it('does not ask for that again', () => {
    expect(state(received(100), returned(30))).toBe('paid')
    expect(owedOf(balanceOf([requested(100), received(100), returned(30)]))).toBe(0)
  })

  it('that was not there in full still asks for the rest', () => {
    expect(owedOf(balanceOf([requested(100), received(60), returned(10)]))).toBe(50)
  })
})

/** Any life of a payment: what cannot follow is left out, as the store would refuse it. */
const [most, time] = [fc.integer({ min: 1, max: 500 }), fc.nat(4_000)]
const lives = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('received'), amount: most, at: time, transaction: fc.constant('T') }),
    fc.record({ kind: fc.constant('returned'), amount: most, at: time, refund: fc.constant('R') }),
    fc.record({
      ...{ kind: fc.constant('returned'), amount: most, at: time },
      ...{ refund: fc.constant('R'), transaction: fc.constant('T') },
    }),
    fc.record({ kind: fc.constantFrom('accepted', 'lapsed', 'called-off'), at: time }),
  ) satisfies fc.Arbitrary<PaymentEvent>,
  { maxLength: 30 },
)

function lived(amount: number, events: readonly PaymentEvent[]): { balance: Balance; kept: PaymentEvent[] } {
  let balance = balanceOf([requested(amount)])
  const kept: PaymentEvent[] = []
  for (const event of events) {
    try {
      balance = after(balance, event)
      kept.push(event)
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError)
    }
  }
  return { balance, kept }
}

describe('of any life of a payment', () => {
  it('the sum of the events is the balance, which is never below nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), lives, (amount, events) => {
        const { balance, kept } = lived(amount, events)
        const sum = kept.reduce((total, event) => {
          if (event.kind === 'received') return total + event.amount
          return event.kind === 'returned' ? total - event.amount : total
        }, 0)
        expect(netOf(balance)).toBe(sum)
        expect(sum).toBeGreaterThanOrEqual(0)
        expect(balance.amount).toBeLessThanOrEqual(amount)
        expect(owedOf(balance)).toBe(Math.max(0, balance.amount - sum))
        expect(partsOf(balance).reduce((owed, part) => owed + part.owed, 0)).toBe(owedOf(balance))
      }),
    )
  })

  it('the state says what the sum says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), lives, (amount, events) => {
        const { balance } = lived(amount, events)
        const net = netOf(balance)
        const name = stateOf(balance)
        if (net === 0) expect(['waiting', 'lapsed', 'refunded', 'called-off']).toContain(name)
        else if (net < balance.amount) expect(name).toBe('partly-paid')
        else if (net === balance.amount) expect(['paid', 'late']).toContain(name)
        else expect(['overpaid', 'late']).toContain(name)
      }),
    )
  })
})
