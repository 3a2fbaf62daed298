import { type Clock, type Pool, systemClock } from '@sapan/kernel'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Day, postgresDate } from '../../population/days.ts'
import { population, type SyntheticPerson } from '../../population/population.ts'
import {
  type ById,
  checkNumber,
  createApplication,
  dayAt,
  handlerOf,
  idOf,
  invalid,
  keyOf,
  notFound,
  sendJson,
} from '../application.ts'
import { bodySchema } from '../body-schema.ts'
import { EDITION } from '../edition.ts'
import { loadOnce, type TableLoad, tableLoad } from '../load.ts'
import type { Register, RegisterOptions } from '../register.ts'
import { serviceDocument } from '../service-document.ts'
import { createNewborns, HOSPITAL_SUBDISTRICT } from './newborns.ts'
import { findNotice, listNoticesOf, type NoticeUse, useNotice } from './notices.ts'

const MEMBER = 'TH/GOV/HOSPITAL'
const what = { th: 'หนังสือรับรองการเกิดสังเคราะห์', en: 'synthetic birth notices' }

const COLUMNS = `number birth_date birth_time birth_subdistrict sex weight birth_order mother mother_th mother_en
  father father_th father_en issued_on used_on used_for`

function nameOf({ given, family }: SyntheticPerson) {
  return { th: `${given.th} ${family?.th ?? ''}`.trim(), en: `${given.en} ${family?.en ?? ''}`.trim() }
}

/** The newborns of the days before this one. */
async function tables(clock: Clock): Promise<readonly TableLoad[]> {
  const today: Day = Date.parse(dayAt(clock())) / 86_400_000
  return [
    tableLoad({
      table: 'notice',
      columns: COLUMNS.split(/\s+/),
      what,
      rows: createNewborns(await population(), today),
      write: (copy, { number, born, time, sex, weight, order, mother, father }) => {
        const [mothers, fathers] = [nameOf(mother), father && nameOf(father)]
        copy.text(number).int4(postgresDate(born)).text(time).text(HOSPITAL_SUBDISTRICT).text(sex)
        copy.int4(weight).int4(order).text(mother.nationalId).text(mothers.th).text(mothers.en)
        copy
          .text(father?.nationalId ?? null)
          .text(fathers?.th ?? null)
          .text(fathers?.en ?? null)
        copy
          .int4(postgresDate(born + 1))
          .int4(null)
          .text(null)
      },
    }),
  ]
}

interface ByNumber {
  readonly Params: { readonly number: string }
}

function numberOf({ params }: FastifyRequest<ByNumber>): string {
  if (!/^[A-Z0-9-]{4,40}$/.test(params.number))
    throw invalid('เลขที่หนังสือรับรองการเกิด', 'The number has capital letters, digits, hyphens.')
  return params.number
}

function routes(app: FastifyInstance, pool: Pool, clock: Clock): void {
  app.get<ById>('/parents/:id/notices', (request) => listNoticesOf(pool, idOf(request)))
  app.get<ByNumber>('/notices/:number', async (request) => {
    return (await findNotice(pool, numberOf(request))) ?? Promise.reject(notFound())
  })
  const schema = bodySchema('notice-v1', 'Use')
  app.post<ByNumber & { Body: NoticeUse }>('/notices/:number/use', { schema }, async (request, reply) => {
    const key = keyOf(request)
    checkNumber(request.body.motherId, 'motherId')
    return sendJson(reply, 200, await useNotice({ pool, clock }, key, numberOf(request), request.body))
  })
}

/** The stand-in of a state hospital: `birth/notice-v1`. */
export async function createHospitalRegister(options: RegisterOptions): Promise<Register> {
  const { pool, log, clock = systemClock } = options
  const app = createApplication(log)
  app.register(async (part) => routes(part, pool, clock), { prefix: '/notice-v1' })
  return {
    member: MEMBER,
    services: [
      { service: `${MEMBER}/birth/notice-v1`, base: '/notice-v1', openapi: serviceDocument('notice-v1') },
    ],
    load: (onProgress = () => {}) =>
      loadOnce({
        pool,
        member: MEMBER,
        schema: 'birth',
        edition: EDITION,
        first: { what, of: 4 },
        tables: () => tables(clock),
        onProgress,
      }),
    handler: await handlerOf(app),
    close: () => app.close(),
  }
}
