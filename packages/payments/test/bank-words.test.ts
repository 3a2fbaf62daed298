import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bankThroughExchange } from '../src/index.ts'

/** A bank that answers each order with this. */
const bankThatSays = (body: unknown) =>
  bankThroughExchange({
    ask: async () => ({ status: 200, body }),
    subsystem: 'TH/COM/0107540990014/account',
    asking: () => ({ consumer: 'TH/GOV/RD/efiling', purpose: 'refunds' }),
  })

const order = {
  key: 'k.1',
  from: '099400016551234',
  amount: 1,
  to: { kind: 'person', nationalId: '3365341504617' },
} as const

it('why a bank refuses is a word: what else it says of a person goes neither to the log nor to the desk', async () => {
  expect(
    await bankThatSays({ state: 'refused', why: 'account-closed' }).transfer('TH/GOV/RD', order),
  ).toEqual({
    state: 'refused',
    why: 'account-closed',
  })
  const words = fc.string({ unit: 'binary', maxLength: 200 }).filter((text) => !/^[a-z-]{1,60}$/.test(text))
  await fc.assert(
    fc.asyncProperty(fc.oneof(words, fc.constant('no account of 3365341504617 Somchai')), async (why) => {
      const answer = await bankThatSays({ state: 'refused', why }).transfer('TH/GOV/RD', order)
      expect(answer).toEqual({ state: 'refused', why: 'unknown' })
    }),
  )
})
