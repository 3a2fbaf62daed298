import type { Pool } from '@sapan/kernel'
import type { FastifyInstance } from 'fastify'
import { type ById, createApplication, handlerOf, idOf, notFound, yearIn } from '../application.ts'
import { EDITION } from '../edition.ts'
import { loadOnce } from '../load.ts'
import type { Register, RegisterOptions } from '../register.ts'
import { serviceDocument } from '../service-document.ts'
import { findContributions, findEmployer, findInsured } from './insured.ts'
import { insuranceTables } from './load.ts'

const MEMBER = 'TH/GOV/SSO'

interface ByYear {
  readonly Params: { readonly id: string; readonly taxYear: string }
}

function insuredRoutes(app: FastifyInstance, pool: Pool): void {
  app.get<ById>('/insured/:id', (request) => findInsured(pool, idOf(request)))
  app.get<ByYear>('/insured/:id/contributions/:taxYear', (request) =>
    findContributions(pool, idOf(request), yearIn(request.params.taxYear)),
  )
}

function employerRoutes(app: FastifyInstance, pool: Pool): void {
  app.get<ById>('/employers/:id', async (request) => {
    return (await findEmployer(pool, idOf(request))) ?? Promise.reject(notFound())
  })
}

/** The stand-in of the Social Security Office: `insurance/insured-v1` and `insurance/employer-v1`. */
export async function createInsuranceRegister({ pool, log }: RegisterOptions): Promise<Register> {
  const app = createApplication(log)
  app.register(async (part) => insuredRoutes(part, pool), { prefix: '/insured-v1' })
  app.register(async (part) => employerRoutes(part, pool), { prefix: '/employer-v1' })
  return {
    member: MEMBER,
    services: ['insured-v1', 'employer-v1'].map((name) => ({
      service: `${MEMBER}/insurance/${name}`,
      base: `/${name}`,
      openapi: serviceDocument(name),
    })),
    load: (onProgress = () => {}) =>
      loadOnce({
        pool,
        member: MEMBER,
        schema: 'insurance',
        edition: EDITION,
        first: { what: { th: 'ผู้ประกันตนสังเคราะห์', en: 'synthetic insured people' }, of: 12_000 },
        tables: insuranceTables,
        onProgress,
      }),
    handler: await handlerOf(app),
    close: () => app.close(),
  }
}
