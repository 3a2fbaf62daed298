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

it('a transfer that is taken under what is no number is asked for again under its key, until the bank gives one', async () => {
  for (const transfer of ['', 'T\u0000', 'ก', 'T'.repeat(65)])
    await expect(
      bankThatSays({ state: 'taken', transfer }).transfer('TH/GOV/RD', order),
    ).rejects.toMatchObject({
      code: 'bank-unreachable',
    })
  const taken = { state: 'taken', transfer: 'T-1' }
  expect(await bankThatSays(taken).transfer('TH/GOV/RD', order)).toEqual(taken)
})

it('a line of a statement counts whatever is written in it: what cannot be kept is kept under a mark, and cut', async () => {
  const at = '2026-11-23T09:00:00+07:00'
  const line = (transaction: string, reference: string) => ({
    ...{ transaction, reference, at },
    ...{ direction: 'in', amount: 100 },
  })
  const strange = fc.string({ unit: 'binary', maxLength: 5_000 })
  await fc.assert(
    fc.asyncProperty(strange, strange, async (transaction, reference) => {
      const bank = bankThatSays({ lines: [line('T-1', 'REF1'), line(transaction, reference)] })
      const [plain, other] = await bank.statement('TH/GOV/RD', '1', '2026-11-23')
      expect(plain).toMatchObject({ transaction: 'T-1', reference: 'REF1' })
      expect(other).toMatchObject({ amount: 100, transaction: expect.stringMatching(/^[0-9A-Za-z-]{1,64}$/) })
      expect([...(other?.reference ?? '')].length).toBeLessThanOrEqual(140)
      expect(other?.reference).not.toMatch(/\p{C}/u)
    }),
  )
  const bank = bankThatSays({ lines: [line('ก', ''), line('ข', '')] })
  const numbers = (await bank.statement('TH/GOV/RD', '1', '2026-11-23')).map(({ transaction }) => transaction)
  expect(new Set(numbers).size).toBe(2)
})
