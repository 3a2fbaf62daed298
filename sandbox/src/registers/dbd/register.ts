import type { Pool } from '@sapan/kernel'
import { type Divisions, loadDivisions } from '@sapan/thailand'
import type { FastifyInstance } from 'fastify'
import { COMPANIES, companies } from '../../companies/companies.ts'
import { type ById, createApplication, handlerOf, idOf, limit, limitOf, notFound } from '../application.ts'
import { EDITION } from '../edition.ts'
import { loadOnce } from '../load.ts'
import type { Register, RegisterOptions } from '../register.ts'
import { serviceDocument } from '../service-document.ts'
import {
  findDirectors,
  findDirectorships,
  findJuristicPerson,
  searchJuristicPersons,
} from './juristic-persons.ts'
import { companyTables } from './load.ts'

const MEMBER = 'TH/GOV/DBD'

interface Search {
  readonly Querystring: { readonly name: string; readonly limit?: string }
}

const search = {
  querystring: {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string', minLength: 2, maxLength: 100 },
      limit,
    },
  },
}

function routes(app: FastifyInstance, pool: Pool, divisions: Divisions): void {
  app.get<Search>('/juristic-persons', { schema: search }, ({ query }) =>
    searchJuristicPersons(pool, query.name, limitOf(query.limit)),
  )
  app.get<ById>('/juristic-persons/:id', async (request) => {
    return (await findJuristicPerson(pool, divisions, idOf(request))) ?? Promise.reject(notFound())
  })
  app.get<ById>('/juristic-persons/:id/directors', async (request) => {
    return (await findDirectors(pool, idOf(request))) ?? Promise.reject(notFound())
  })
  app.get<ById>('/directors/:id/juristic-persons', (request) => findDirectorships(pool, idOf(request)))
}

/** The stand-in of the Department of Business Development: `company/juristic-v1`. */
export async function createCompanyRegister({ pool, log }: RegisterOptions): Promise<Register> {
  const divisions = await loadDivisions()
  const app = createApplication(log)
  app.register(async (part) => routes(part, pool, divisions), { prefix: '/juristic-v1' })
  return {
    member: MEMBER,
    services: [
      {
        service: `${MEMBER}/company/juristic-v1`,
        base: '/juristic-v1',
        openapi: serviceDocument('juristic-v1'),
      },
    ],
    load: (onProgress = () => {}) =>
      loadOnce({
        pool,
        member: MEMBER,
        schema: 'company',
        edition: EDITION,
        first: { what: { th: 'นิติบุคคลสังเคราะห์', en: 'synthetic companies' }, of: COMPANIES },
        tables: async () => companyTables(await companies()),
        onProgress,
      }),
    handler: await handlerOf(app),
    close: () => app.close(),
  }
}
