import { readFileSync } from 'node:fs'
import type { Pool } from '@sapan/kernel'
import type { FastifyInstance } from 'fastify'
import { parse } from 'yaml'
import { REGISTER_DAY } from '../../population/settings.ts'
import { createApplication, handlerOf, invalid, notFound } from '../application.ts'
import { EDITION } from '../edition.ts'
import { loadOnce, type TableLoad, tableLoad } from '../load.ts'
import type { Register, RegisterOptions } from '../register.ts'
import { serviceDocument } from '../service-document.ts'

const MEMBER = 'TH/GOV/DGA'

interface DigitalService {
  readonly code: string
  readonly name: { readonly th: string; readonly en: string }
  readonly agency: { readonly th: string; readonly en: string }
  readonly status: 'operational' | 'degraded' | 'maintenance'
  readonly availability: number
}

async function tables(): Promise<readonly TableLoad[]> {
  const file = new URL('../../../data/digital-services.yaml', import.meta.url)
  const rows = parse(readFileSync(file, 'utf8')) as readonly DigitalService[]
  return [
    tableLoad({
      table: 'service_status',
      columns: ['code', 'name_th', 'name_en', 'agency_th', 'agency_en', 'status', 'since', 'availability'],
      what: { th: 'สถานะบริการดิจิทัล', en: 'states of digital services' },
      rows,
      write: (copy, one) => {
        copy.text(one.code).text(one.name.th).text(one.name.en).text(one.agency.th).text(one.agency.en)
        copy
          .text(one.status)
          .timestamptz(REGISTER_DAY * 86_400_000)
          .float8(one.availability)
      },
    }),
  ]
}

interface Row {
  readonly code: string
  readonly name_th: string
  readonly name_en: string
  readonly agency_th: string
  readonly agency_en: string
  readonly status: string
  readonly since: Date
  readonly availability: number
}

const told = (row: Row) => ({
  code: row.code,
  name: { th: row.name_th, en: row.name_en },
  agency: { th: row.agency_th, en: row.agency_en },
  status: row.status,
  since: row.since.toISOString(),
  availability: row.availability,
})

const LIST = { name: 'digital-list', text: 'select * from digital.service_status order by code' }
const ONE = { name: 'digital-one', text: 'select * from digital.service_status where code = $1' }

function routes(app: FastifyInstance, pool: Pool): void {
  app.get('/services', async () => ({ services: (await pool.query<Row>(LIST)).rows.map(told) }))
  app.get<{ Params: { readonly code: string } }>('/services/:code', async ({ params }) => {
    if (!/^[a-z0-9-]{1,40}$/.test(params.code))
      throw invalid('รหัสบริการ', 'The code has small letters, digits, hyphens.')
    const { rows } = await pool.query<Row>({ ...ONE, values: [params.code] })
    return rows[0] ? told(rows[0]) : Promise.reject(notFound())
  })
}

/** The stand-in of the Digital Government Development Agency: `digital/service-status-v1`. */
export async function createDigitalRegister({ pool, log }: RegisterOptions): Promise<Register> {
  const app = createApplication(log)
  app.register(async (part) => routes(part, pool), { prefix: '/service-status-v1' })
  return {
    member: MEMBER,
    services: [
      {
        service: `${MEMBER}/digital/service-status-v1`,
        base: '/service-status-v1',
        openapi: serviceDocument('service-status-v1'),
      },
    ],
    load: (onProgress = () => {}) =>
      loadOnce({
        pool,
        member: MEMBER,
        schema: 'digital',
        edition: EDITION,
        first: { what: { th: 'สถานะบริการดิจิทัล', en: 'states of digital services' }, of: 12 },
        tables,
        onProgress,
      }),
    handler: await handlerOf(app),
    close: () => app.close(),
  }
}
