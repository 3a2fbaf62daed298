import type { Pool } from '@sapan/kernel'
import type { FastifyInstance } from 'fastify'
import { postgresDate } from '../../population/days.ts'
import { population } from '../../population/population.ts'
import { EXAMPLE_COMPANY } from '../../wellknown/people.ts'
import { type ById, createApplication, handlerOf, idOf, notFound } from '../application.ts'
import { EDITION } from '../edition.ts'
import { loadOnce, type TableLoad, tableLoad } from '../load.ts'
import type { Register, RegisterOptions } from '../register.ts'
import { serviceDocument } from '../service-document.ts'
import { createEmployees } from './employees.ts'

const MEMBER = `TH/COM/${EXAMPLE_COMPANY}`

async function tables(): Promise<readonly TableLoad[]> {
  return [
    tableLoad({
      table: 'employment',
      columns: ['national_id', 'position_th', 'position_en', 'kind', 'started_on', 'ended_on'],
      what: { th: 'พนักงานสังเคราะห์', en: 'synthetic employees' },
      // The province is in the company's number.
      rows: createEmployees(await population(), EXAMPLE_COMPANY.slice(1, 3)),
      write: (copy, one) => {
        copy.text(one.nationalId).text(one.position.th).text(one.position.en).text(one.kind)
        copy.int4(postgresDate(one.started)).int4(one.ended === null ? null : postgresDate(one.ended))
      },
    }),
  ]
}

interface Row {
  readonly position_th: string
  readonly position_en: string
  readonly kind: string
  readonly started_on: string
  readonly ended_on: string | null
}

const EMPLOYMENT = {
  name: 'employer-employment',
  text: `select position_th, position_en, kind, started_on::text, ended_on::text
    from employer.employment where national_id = $1`,
}

async function findEmployment(pool: Pool, nationalId: string) {
  const { rows } = await pool.query<Row>({ ...EMPLOYMENT, values: [nationalId] })
  const [row] = rows
  if (row === undefined) return undefined
  return {
    nationalId,
    employerId: EXAMPLE_COMPANY,
    employed: row.ended_on === null,
    position: { th: row.position_th, en: row.position_en },
    kind: row.kind,
    startedOn: row.started_on,
    endedOn: row.ended_on,
  }
}

function routes(app: FastifyInstance, pool: Pool): void {
  app.get<ById>('/employees/:id/employment', async (request) => {
    return (await findEmployment(pool, idOf(request))) ?? Promise.reject(notFound())
  })
}

/** The system of the example company: `employer/employment-v1`. */
export async function createEmployerRegister({ pool, log }: RegisterOptions): Promise<Register> {
  const app = createApplication(log)
  app.register(async (part) => routes(part, pool), { prefix: '/employment-v1' })
  return {
    member: MEMBER,
    services: [
      {
        service: `${MEMBER}/employer/employment-v1`,
        base: '/employment-v1',
        openapi: serviceDocument('employment-v1'),
      },
    ],
    load: (onProgress = () => {}) =>
      loadOnce({
        pool,
        member: MEMBER,
        schema: 'employer',
        edition: EDITION,
        first: { what: { th: 'พนักงานสังเคราะห์', en: 'synthetic employees' }, of: 240 },
        tables,
        onProgress,
      }),
    handler: await handlerOf(app),
    close: () => app.close(),
  }
}
