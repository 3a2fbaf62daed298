import { type Pool, systemClock } from '@sapan/kernel'
import { loadDivisions } from '@sapan/thailand'
import type { FastifyInstance } from 'fastify'
import { companies } from '../../companies/companies.ts'
import { postgresDate } from '../../population/days.ts'
import { population } from '../../population/population.ts'
import { type ById, createApplication, handlerOf, idOf, notFound } from '../application.ts'
import { EDITION } from '../edition.ts'
import { loadOnce, type TableLoad, tableLoad } from '../load.ts'
import type { Register, RegisterOptions } from '../register.ts'
import { serviceDocument } from '../service-document.ts'
import { knownFilings } from './known-filings.ts'
import { filingRoutes, vatRoutes, withholdingRoutes } from './routes.ts'
import { createTaxpayers, type SyntheticFiling, type SyntheticTaxpayer } from './taxpayers.ts'
import { withholdingTable } from './withholding.ts'

const MEMBER = 'TH/GOV/RD'

const taxpayerTable = (rows: readonly SyntheticTaxpayer[]): TableLoad =>
  tableLoad({
    table: 'taxpayer',
    columns: ['taxpayer_id', 'kind', 'status', 'registered_since', 'vat_since'],
    what: { th: 'ผู้เสียภาษีสังเคราะห์', en: 'synthetic taxpayers' },
    rows,
    write: (copy, one) => {
      copy.text(one.taxpayerId).text(one.kind).text(one.status).int4(postgresDate(one.since))
      copy.int4(one.vatSince === null ? null : postgresDate(one.vatSince))
    },
  })

interface FilingRow extends SyntheticFiling {
  readonly taxpayerId: string
}

const filingTable = (rows: readonly FilingRow[]): TableLoad =>
  tableLoad({
    table: 'filing',
    columns: ['taxpayer_id', 'tax_year', 'form', 'state', 'filed_on'],
    what: { th: 'การยื่นแบบสังเคราะห์', en: 'synthetic tax returns' },
    rows,
    write: (copy, row) => {
      copy.text(row.taxpayerId).int4(row.taxYear).text(row.form).text(row.state)
      copy.int4(row.filed === null ? null : postgresDate(row.filed))
    },
  })

async function tables(): Promise<readonly TableLoad[]> {
  const taxpayers = createTaxpayers(await population(), await companies(), knownFilings)
  const filings = taxpayers.flatMap(({ taxpayerId, filings }) =>
    filings.map((one) => ({ ...one, taxpayerId })),
  )
  return [taxpayerTable(taxpayers), filingTable(filings), await withholdingTable()]
}

interface Row {
  readonly kind: string
  readonly status: string
  readonly registered_since: string
  readonly vat_since: string | null
  readonly tax_year: number | null
  readonly form: string
  readonly state: string
  readonly filed_on: string | null
}

const STATUS = {
  name: 'tax-status',
  text: `select t.kind, t.status, t.registered_since::text, t.vat_since::text, f.tax_year, f.form, f.state,
    f.filed_on::text from tax.taxpayer t left join tax.filing f using (taxpayer_id)
    where t.taxpayer_id = $1 order by f.tax_year desc`,
}

async function findStatus(pool: Pool, id: string) {
  const { rows } = await pool.query<Row>({ ...STATUS, values: [id] })
  const [first] = rows
  if (first === undefined) return undefined
  return {
    taxpayerId: id,
    kind: first.kind,
    status: first.status,
    registeredSince: first.registered_since,
    vat: { registered: first.vat_since !== null, since: first.vat_since },
    filings: rows
      .filter((row) => row.tax_year !== null)
      .map((row) => ({ taxYear: row.tax_year, form: row.form, state: row.state, filedOn: row.filed_on })),
  }
}

function routes(app: FastifyInstance, pool: Pool): void {
  app.get<ById>('/taxpayers/:id/status', async (request) => {
    return (await findStatus(pool, idOf(request))) ?? Promise.reject(notFound())
  })
}

/**
 * The stand-in of the Revenue Department: taxpayers (`tax/taxpayer-v1`), salaries and tax withheld (`withholding-v1`),
 * returns (`filing-v1`) and VAT registrations (`vat-v1`).
 */
export async function createTaxRegister(options: RegisterOptions): Promise<Register> {
  const { pool, log, clock = systemClock } = options
  const register = { pool, clock, divisions: await loadDivisions() }
  const app = createApplication(log)
  app.register(async (part) => routes(part, pool), { prefix: '/taxpayer-v1' })
  app.register(async (part) => withholdingRoutes(part, register), { prefix: '/withholding-v1' })
  app.register(async (part) => filingRoutes(part, register), { prefix: '/filing-v1' })
  app.register(async (part) => vatRoutes(part, register), { prefix: '/vat-v1' })
  return {
    member: MEMBER,
    services: ['taxpayer-v1', 'withholding-v1', 'filing-v1', 'vat-v1'].map((name) => ({
      service: `${MEMBER}/tax/${name}`,
      base: `/${name}`,
      openapi: serviceDocument(name),
    })),
    load: (onProgress = () => {}) =>
      loadOnce({
        pool,
        member: MEMBER,
        schema: 'tax',
        edition: EDITION,
        first: { what: { th: 'ผู้เสียภาษีสังเคราะห์', en: 'synthetic taxpayers' }, of: 80000 },
        tables,
        onProgress,
      }),
    handler: await handlerOf(app),
    close: () => app.close(),
  }
}
