import { type Clock, type Pool, systemClock } from '@sapan/kernel'
import type { FastifyInstance } from 'fastify'
import { postgresDate } from '../../population/days.ts'
import { createTravellers, TRAVELLERS } from '../../travellers/travellers.ts'
import { type ById, createApplication, handlerOf, idOf, invalid, isDate, notFound } from '../application.ts'
import { EDITION } from '../edition.ts'
import { loadOnce, type TableLoad, tableLoad } from '../load.ts'
import type { Register, RegisterOptions } from '../register.ts'
import { serviceDocument } from '../service-document.ts'
import { checkPassport, findForeigner, issueForeignerNumber, type PassportQuestion } from './travellers.ts'

const MEMBER = 'TH/GOV/IMM'
const what = { th: 'ผู้เดินทางสังเคราะห์', en: 'synthetic travellers' }

async function tables(): Promise<readonly TableLoad[]> {
  const rows = createTravellers()
  const columns = 'traveller_id family given sex nationality birth_date stay_kind stay_until'.split(' ')
  return [
    tableLoad({
      table: 'traveller',
      columns,
      what,
      rows,
      write: (copy, { serial, page, stay }) => {
        copy.int4(serial).text(page.family).text(page.given).text(page.sex).text(page.nationality)
        copy.text(page.birthDate).text(stay.kind).int4(postgresDate(stay.until))
      },
    }),
    tableLoad({
      table: 'passport',
      columns: ['passport', 'traveller_id', 'expires_on'],
      what: { th: 'หนังสือเดินทางสังเคราะห์', en: 'synthetic passports' },
      rows,
      write: (copy, { serial, page }) => {
        copy.text(`${page.issuingState}:${page.number}`).int4(serial)
        copy.int4(postgresDate(Date.parse(page.expiry) / 86_400_000))
      },
    }),
  ]
}

const question = {
  body: {
    type: 'object',
    required: ['passport', 'birthDate', 'expiry'],
    additionalProperties: false,
    properties: {
      passport: { type: 'string', pattern: '^[A-Z]{1,3}:[A-Z0-9]{1,9}$' },
      birthDate: { type: 'string', pattern: '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$' },
      expiry: { type: 'string', maxLength: 10 },
    },
  },
}

function refuseNoDates({ birthDate, expiry }: PassportQuestion): void {
  if (!isDate(`${birthDate}-01-01`.slice(0, 10)))
    throw invalid('วันเกิด', 'birthDate is no date of the calendar.')
  if (!isDate(expiry)) throw invalid('วันหมดอายุ', 'expiry must be a date such as 2030-09-30.')
}

function routes(app: FastifyInstance, pool: Pool, clock: Clock): void {
  app.post<{ Body: PassportQuestion }>('/checks', { schema: question }, (request) => {
    refuseNoDates(request.body)
    return checkPassport(pool, request.body)
  })
  app.post<{ Body: PassportQuestion }>('/foreigner-numbers', { schema: question }, (request) => {
    refuseNoDates(request.body)
    return issueForeignerNumber(pool, clock, request.body)
  })
  app.get<ById>('/foreigners/:id', async (request) => {
    return (await findForeigner(pool, idOf(request))) ?? Promise.reject(notFound())
  })
}

/** The stand-in of the Immigration Bureau: `immigration/traveller-v1`. */
export async function createImmigrationRegister(options: RegisterOptions): Promise<Register> {
  const { pool, log, clock = systemClock } = options
  const app = createApplication(log)
  app.register(async (part) => routes(part, pool, clock), { prefix: '/traveller-v1' })
  return {
    member: MEMBER,
    services: [
      {
        service: `${MEMBER}/immigration/traveller-v1`,
        base: '/traveller-v1',
        openapi: serviceDocument('traveller-v1'),
      },
    ],
    load: (onProgress = () => {}) =>
      loadOnce({
        pool,
        member: MEMBER,
        schema: 'immigration',
        edition: EDITION,
        first: { what, of: TRAVELLERS },
        tables,
        onProgress,
      }),
    handler: await handlerOf(app),
    close: () => app.close(),
  }
}
