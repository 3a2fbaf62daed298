import type { Pool } from '@sapan/kernel'
import type { FastifyInstance } from 'fastify'
import { postgresDate } from '../../population/days.ts'
import { population } from '../../population/population.ts'
import { type ById, createApplication, handlerOf, idOf } from '../application.ts'
import { EDITION } from '../edition.ts'
import { loadOnce, type TableLoad, tableLoad } from '../load.ts'
import type { Register, RegisterOptions } from '../register.ts'
import { serviceDocument } from '../service-document.ts'
import { createOfficers } from './officers.ts'

const MEMBER = 'TH/GOV/OCSC'

async function tables(): Promise<readonly TableLoad[]> {
  return [
    tableLoad({
      table: 'officer',
      columns: [
        'national_id',
        'position_th',
        'position_en',
        'level_th',
        'level_en',
        'agency_th',
        'agency_en',
        'appointed_on',
      ],
      what: { th: 'ข้าราชการสังเคราะห์', en: 'synthetic civil servants' },
      rows: createOfficers(await population()),
      write: (copy, one) => {
        copy
          .text(one.nationalId)
          .text(one.position.th)
          .text(one.position.en)
          .text(one.level.th)
          .text(one.level.en)
        copy.text(one.agency.th).text(one.agency.en).int4(postgresDate(one.appointed))
      },
    }),
  ]
}

interface Row {
  readonly position_th: string
  readonly position_en: string
  readonly level_th: string
  readonly level_en: string
  readonly agency_th: string
  readonly agency_en: string
  readonly appointed_on: string
}

const OFFICER = {
  name: 'workforce-officer',
  text: `select position_th, position_en, level_th, level_en, agency_th, agency_en, appointed_on::text
    from workforce.officer where national_id = $1`,
}

/** Says of every number whether it is an officer's, so that "no" is an answer and not an error. */
async function findOfficer(pool: Pool, nationalId: string) {
  const { rows } = await pool.query<Row>({ ...OFFICER, values: [nationalId] })
  const [row] = rows
  if (row === undefined)
    return { nationalId, officer: false, position: null, level: null, agency: null, appointedOn: null }
  return {
    nationalId,
    officer: true,
    position: { th: row.position_th, en: row.position_en },
    level: { th: row.level_th, en: row.level_en },
    agency: { th: row.agency_th, en: row.agency_en },
    appointedOn: row.appointed_on,
  }
}

function routes(app: FastifyInstance, pool: Pool): void {
  app.get<ById>('/officers/:id', (request) => findOfficer(pool, idOf(request)))
}

/** The stand-in of the Office of the Civil Service Commission: `workforce/officer-v1`. */
export async function createWorkforceRegister({ pool, log }: RegisterOptions): Promise<Register> {
  const app = createApplication(log)
  app.register(async (part) => routes(part, pool), { prefix: '/officer-v1' })
  return {
    member: MEMBER,
    services: [
      {
        service: `${MEMBER}/workforce/officer-v1`,
        base: '/officer-v1',
        openapi: serviceDocument('officer-v1'),
      },
    ],
    load: (onProgress = () => {}) =>
      loadOnce({
        pool,
        member: MEMBER,
        schema: 'workforce',
        edition: EDITION,
        first: { what: { th: 'ข้าราชการสังเคราะห์', en: 'synthetic civil servants' }, of: 1343 },
        tables,
        onProgress,
      }),
    handler: await handlerOf(app),
    close: () => app.close(),
  }
}
