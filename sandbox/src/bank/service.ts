import { type Clock, type Pool, systemClock } from '@sapan/kernel'
import type { FastifyInstance } from 'fastify'
import { invalid, isDate, keyOf, sendJson } from '../registers/application.ts'
import { once } from '../registers/once.ts'
import type { RegisterService } from '../registers/register.ts'
import { serviceDocument } from '../registers/service-document.ts'
import { BANK_MEMBER, isSandboxBiller } from './accounts.ts'
import { type BankMovement, statementOf } from './ledger.ts'
import { type TransferOrder, takeOrder } from './transfer.ts'

const serviceOf = (code: string): RegisterService => ({
  service: `${BANK_MEMBER}/account/${code}`,
  base: `/${code}`,
  openapi: serviceDocument(code),
})

/** What agencies ask of the bank, through the exchange; `moneyRoutes` serves them below their bases. */
export const moneyServices = (): readonly RegisterService[] => ['payment-v1', 'statement-v1'].map(serviceOf)

const account = { type: 'string', pattern: '^0999[0-9]{11}$' } as const
const orderSchema = {
  type: 'object',
  required: ['from', 'amount', 'to'],
  additionalProperties: false,
  properties: {
    from: account,
    amount: { type: 'integer', minimum: 1, maximum: 999_999_999_999 },
    to: {
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      maxProperties: 1,
      properties: {
        nationalId: { type: 'string', pattern: '^[0-9]{13}$' },
        transaction: { type: 'string', maxLength: 64 },
      },
    },
  },
} as const

interface OfDay {
  readonly Params: { readonly account: string; readonly day: string }
}

/** `POST /payment-v1/transfers` and `GET /statement-v1/accounts/:account/statements/:day`. */
export function moneyRoutes(app: FastifyInstance, pool: Pool, clock: Clock = systemClock): void {
  const schema = { body: orderSchema }
  app.post<{ Body: TransferOrder }>('/payment-v1/transfers', { schema }, async (request, reply) => {
    const key = keyOf(request)
    const change = { pool, schema: 'money', key, told: request.body }
    const json = await once(change, (client) => takeOrder({ clock }, client, key, request.body))
    return sendJson(reply, 200, json)
  })
  app.get<OfDay>('/statement-v1/accounts/:account/statements/:day', async ({ params }) => {
    if (!isSandboxBiller(params.account)) throw invalid('เลขบัญชี', 'The account has 15 digits from 0999.')
    if (!isDate(params.day)) throw invalid('วันที่', 'The day must be one that exists, such as 2026-11-22.')
    const movements = await statementOf(pool, params.account, params.day)
    return { lines: movements.map(told) }
  })
}

const told = ({ transaction, direction, amount, reference1, at }: BankMovement) => ({
  transaction,
  direction,
  amount,
  reference: reference1,
  at: new Date(at).toISOString(),
})
