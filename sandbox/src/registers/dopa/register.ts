import { type Pool, systemClock } from '@sapan/kernel'
import { type Divisions, loadDivisions } from '@sapan/thailand'
import type { FastifyInstance } from 'fastify'
import { population } from '../../population/population.ts'
import { PEOPLE } from '../../population/settings.ts'
import {
  type ById,
  createApplication,
  handlerOf,
  idOf,
  invalid,
  isDate,
  limit,
  limitOf,
  notFound,
} from '../application.ts'
import { EDITION } from '../edition.ts'
import { loadOnce } from '../load.ts'
import type { Register, RegisterOptions, RegisterService } from '../register.ts'
import { serviceDocument } from '../service-document.ts'
import { divisionRoutes } from './divisions.ts'
import { findFamily } from './family.ts'
import { addressRoutes, houseRoutes } from './house-routes.ts'
import { identityRoutes } from './identity-routes.ts'
import { lifeEventRoutes } from './life-event-routes.ts'
import { populationTables } from './load.ts'
import { findHousehold, findMoves, findPerson, searchPeople } from './people.ts'

const MEMBER = 'TH/GOV/DOPA'

function offered(subsystem: string, name: string): RegisterService {
  return {
    service: `${MEMBER}/${subsystem}/${name}`,
    base: `/${name}`,
    openapi: serviceDocument(name),
  }
}

interface Search {
  readonly Querystring: {
    readonly familyName: string
    readonly givenName?: string
    readonly birthDate?: string
    readonly limit?: string
  }
}

const search = {
  querystring: {
    type: 'object',
    required: ['familyName'],
    properties: {
      familyName: { type: 'string', minLength: 1, maxLength: 100 },
      givenName: { type: 'string', minLength: 1, maxLength: 100 },
      birthDate: { type: 'string', maxLength: 10 },
      limit,
    },
  },
}

function personRoutes(app: FastifyInstance, pool: Pool, divisions: Divisions): void {
  app.get<Search>('/persons', { schema: search }, (request) => {
    const { birthDate } = request.query
    if (birthDate !== undefined && !isDate(birthDate))
      throw invalid('วันเกิด', 'birthDate must be a date such as 1984-05-01.')
    return searchPeople(pool, { ...request.query, limit: limitOf(request.query.limit) })
  })
  app.get<ById>('/persons/:id', async (request) => {
    return (await findPerson(pool, divisions, idOf(request))) ?? Promise.reject(notFound())
  })
  app.get<ById>('/persons/:id/household', async (request) => {
    return (await findHousehold(pool, divisions, idOf(request))) ?? Promise.reject(notFound())
  })
  app.get<ById>('/persons/:id/moves', async (request) => {
    return (await findMoves(pool, divisions, idOf(request))) ?? Promise.reject(notFound())
  })
}

function familyRoutes(app: FastifyInstance, pool: Pool): void {
  app.get<ById>('/persons/:id/family', async (request) => {
    return (await findFamily(pool, idOf(request))) ?? Promise.reject(notFound())
  })
}

/**
 * The stand-in of the Department of Provincial Administration: the synthetic population (`population/person-v1`,
 * `family-v1`, `house-v1`, `life-event-v1`, `identity-v1`), houses by address (`places/address-v1`) and the real
 * administrative divisions (`places/division-v1`).
 */
export async function createPopulationRegister(options: RegisterOptions): Promise<Register> {
  const { pool, log, clock = systemClock } = options
  const divisions = await loadDivisions()
  const app = createApplication(log)
  app.register(async (part) => personRoutes(part, pool, divisions), { prefix: '/person-v1' })
  app.register(async (part) => familyRoutes(part, pool), { prefix: '/family-v1' })
  app.register(async (part) => houseRoutes(part, { pool, divisions, clock }), { prefix: '/house-v1' })
  app.register(async (part) => lifeEventRoutes(part, { pool, divisions, clock }), {
    prefix: '/life-event-v1',
  })
  app.register(async (part) => identityRoutes(part, pool, clock), { prefix: '/identity-v1' })
  app.register(async (part) => divisionRoutes(part, divisions), { prefix: '/division-v1' })
  app.register(async (part) => addressRoutes(part, { pool, divisions }), { prefix: '/address-v1' })
  return {
    member: MEMBER,
    services: [
      ...['person-v1', 'family-v1', 'house-v1', 'life-event-v1', 'identity-v1'].map((name) =>
        offered('population', name),
      ),
      offered('places', 'division-v1'),
      offered('places', 'address-v1'),
    ],
    load: (onProgress = () => {}) =>
      loadOnce({
        pool,
        member: MEMBER,
        schema: 'population',
        edition: EDITION,
        first: { what: { th: 'บุคคลสังเคราะห์', en: 'synthetic people' }, of: PEOPLE },
        tables: async () => populationTables(await population()),
        onProgress,
      }),
    handler: await handlerOf(app),
    close: () => app.close(),
  }
}
