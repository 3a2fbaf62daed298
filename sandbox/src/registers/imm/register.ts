import { type Clock, type Pool, systemClock } from '@sapan/kernel'
import { loadDivisions } from '@sapan/thailand'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { postgresDate } from '../../population/days.ts'
import { createTravellers, TRAVELLERS } from '../../travellers/travellers.ts'
import { sandboxForeigner, sandboxPassportHolder } from '../../wellknown/sandbox-traveller.ts'
import {
  type ById,
  checkNumber,
  createApplication,
  dayAt,
  handlerOf,
  idOf,
  invalid,
  isDate,
  keyOf,
  notFound,
  sendJson,
} from '../application.ts'
import { bodySchema } from '../body-schema.ts'
import { EDITION } from '../edition.ts'
import { loadOnce, type TableLoad, tableLoad } from '../load.ts'
import type { Register, RegisterOptions } from '../register.ts'
import { serviceDocument } from '../service-document.ts'
import { listReports, type NewReport, type ReportRegister, recordReport } from './reports.ts'
import { findStay } from './stays.ts'
import { checkPassport, findForeigner, issueForeignerNumber, type PassportQuestion } from './travellers.ts'

const MEMBER = 'TH/GOV/IMM'
const what = { th: 'ผู้เดินทางสังเคราะห์', en: 'synthetic travellers' }

/** So long ago the well-known foreigners came: the report is due in five days, and can be made now. */
const LONG_AGO = 85

async function tables(clock: Clock): Promise<readonly TableLoad[]> {
  const rows = createTravellers()
  const known = sandboxForeigner()
  const due = [known.serial, sandboxPassportHolder().serial]
  const today = Date.parse(dayAt(clock())) / 86_400_000
  const columns =
    'traveller_id family given sex nationality birth_date stay_kind stay_until entered_on foreigner_number numbered_at'
  return [
    tableLoad({
      table: 'traveller',
      columns: columns.split(' '),
      what,
      rows,
      write: (copy, { serial, page, stay, entered }) => {
        const isKnown = serial === known.serial
        copy.int4(serial).text(page.family).text(page.given).text(page.sex).text(page.nationality)
        copy.text(page.birthDate).text(stay.kind).int4(postgresDate(stay.until))
        copy.int4(postgresDate(due.includes(serial) ? today - LONG_AGO : entered))
        copy.text(isKnown ? known.foreignerNumber : null).timestamptz(isKnown ? clock() : null)
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

/** Issuing state and number. */
const PASSPORT = /^[A-Z]{1,3}:[A-Z0-9]{1,9}$/

interface ByPassport {
  readonly Params: { readonly passport: string }
}

/** The passport in the path. Throws `register-request-invalid` for what is none. */
function passportOf({ params: { passport } }: FastifyRequest<ByPassport>): string {
  if (!PASSPORT.test(passport))
    throw invalid('หนังสือเดินทาง', 'A passport is its issuing state and number: GBR:123456789.')
  return passport
}

const question = {
  body: {
    type: 'object',
    required: ['passport', 'birthDate', 'expiry'],
    additionalProperties: false,
    properties: {
      passport: { type: 'string', pattern: PASSPORT.source },
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

function residenceRoutes(app: FastifyInstance, register: ReportRegister): void {
  const { pool, divisions, clock } = register
  app.get<ById>('/foreigners/:id/stay', async (request) => {
    const by = { foreignerNumber: idOf(request) }
    return (await findStay(pool, divisions, by, dayAt(clock()))) ?? Promise.reject(notFound())
  })
  app.get<ByPassport>('/passports/:passport/stay', async (request) => {
    const by = { passport: passportOf(request) }
    return (await findStay(pool, divisions, by, dayAt(clock()))) ?? Promise.reject(notFound())
  })
  app.get<ById>('/foreigners/:id/reports', async (request) => {
    return (await listReports(register, idOf(request))) ?? Promise.reject(notFound())
  })
  const schema = bodySchema('residence-v1', 'NewReport')
  app.post<{ Body: NewReport }>('/reports', { schema }, async (request, reply) => {
    const key = keyOf(request)
    if ('foreignerNumber' in request.body) checkNumber(request.body.foreignerNumber, 'foreignerNumber')
    return sendJson(reply, 201, await recordReport(register, key, request.body))
  })
}

/** The stand-in of the Immigration Bureau: `immigration/traveller-v1` and `immigration/residence-v1`. */
export async function createImmigrationRegister(options: RegisterOptions): Promise<Register> {
  const { pool, log, clock = systemClock } = options
  const register = { pool, clock, divisions: await loadDivisions() }
  const app = createApplication(log)
  app.register(async (part) => routes(part, pool, clock), { prefix: '/traveller-v1' })
  app.register(async (part) => residenceRoutes(part, register), { prefix: '/residence-v1' })
  return {
    member: MEMBER,
    services: ['traveller-v1', 'residence-v1'].map((name) => ({
      service: `${MEMBER}/immigration/${name}`,
      base: `/${name}`,
      openapi: serviceDocument(name),
    })),
    load: (onProgress = () => {}) =>
      loadOnce({
        pool,
        member: MEMBER,
        schema: 'immigration',
        edition: EDITION,
        first: { what, of: TRAVELLERS },
        tables: () => tables(clock),
        onProgress,
      }),
    handler: await handlerOf(app),
    close: () => app.close(),
  }
}
