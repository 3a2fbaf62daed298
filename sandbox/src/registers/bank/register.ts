import { type Pool, systemClock } from '@sapan/kernel'
import type { FastifyInstance } from 'fastify'
import { BANK_MEMBER } from '../../bank/accounts.ts'
import { openMoney } from '../../bank/bank.ts'
import { moneyRoutes, moneyServices } from '../../bank/service.ts'
import { day, postgresDate, yearsBetween } from '../../population/days.ts'
import { population } from '../../population/population.ts'
import { REGISTER_DAY, SEED } from '../../population/settings.ts'
import { Random } from '../../random.ts'
import { wellKnownPeople } from '../../wellknown/sandbox-person.ts'
import { type ById, createApplication, handlerOf, idOf } from '../application.ts'
import { EDITION } from '../edition.ts'
import { loadOnce, type TableLoad, tableLoad } from '../load.ts'
import type { Register, RegisterOptions } from '../register.ts'
import { serviceDocument } from '../service-document.ts'

const what = { th: 'พร้อมเพย์สังเคราะห์', en: 'synthetic PromptPay accounts' }

/** Of grown-ups, so many in a hundred have bound their number to an account. */
const SHARE = 0.8

/** Grown-ups with an account; the well-known people among them always, but for the partner. */
async function tables(): Promise<readonly TableLoad[]> {
  const random = new Random(SEED, 'promptpay')
  const { partner, ...others } = wellKnownPeople
  const always = new Set(Object.values(others).map(({ nationalId }) => nationalId))
  const rows = (await population()).people.filter(({ nationalId, born, died }) => {
    const chosen = random.chance(SHARE)
    if (died !== null || yearsBetween(born, REGISTER_DAY) < 18) return false
    return always.has(nationalId) || (chosen && nationalId !== partner.nationalId)
  })
  return [
    tableLoad({
      table: 'promptpay',
      columns: ['id', 'account_ending', 'since'],
      what,
      rows,
      write: (copy, { nationalId }) => {
        copy.text(nationalId).text(String(random.below(10_000)).padStart(4, '0'))
        copy.int4(postgresDate(random.between(day(2017, 1, 27), REGISTER_DAY)))
      },
    }),
  ]
}

const ONE = {
  name: 'account-promptpay',
  text: 'select account_ending, since::text from account.promptpay where id = $1',
}

function routes(app: FastifyInstance, pool: Pool): void {
  app.get<ById>('/identifiers/:id', async (request) => {
    const id = idOf(request)
    const { rows } = await pool.query<{ account_ending: string; since: string }>({ ...ONE, values: [id] })
    const [row] = rows
    return {
      id,
      registered: row !== undefined,
      accountEnding: row?.account_ending ?? null,
      since: row?.since ?? null,
    }
  })
}

/** The stand-in of a made-up bank: `account/promptpay-v1`, and what moves money (`sandbox/src/bank`). */
export async function createBankRegister(options: RegisterOptions): Promise<Register> {
  const { pool, log, clock = systemClock } = options
  const app = createApplication(log)
  app.register(async (part) => routes(part, pool), { prefix: '/promptpay-v1' })
  app.register(async (part) => moneyRoutes(part, pool, clock))
  const promptpay = {
    service: `${BANK_MEMBER}/account/promptpay-v1`,
    base: '/promptpay-v1',
    openapi: serviceDocument('promptpay-v1'),
  }
  return {
    member: BANK_MEMBER,
    services: [promptpay, ...moneyServices()],
    load: async (onProgress = () => {}) => {
      await openMoney(pool)
      const first = { what, of: 60_000 }
      const fill = { pool, member: BANK_MEMBER, schema: 'account', edition: EDITION }
      return await loadOnce({ ...fill, first, tables, onProgress })
    },
    handler: await handlerOf(app),
    close: () => app.close(),
  }
}
