import { type Clock, isNationalId, type Pool, Problem, systemClock } from '@sapan/kernel'
import { type Divisions, loadDivisions } from '@sapan/thailand'
import type { FastifyInstance } from 'fastify'
import { population } from '../../population/population.ts'
import { PEOPLE } from '../../population/settings.ts'
import { sandboxProblems } from '../../problems.ts'
import { type ById, createApplication, handlerOf, idOf, invalid, isDate, notFound } from '../application.ts'
import { EDITION } from '../edition.ts'
import { loadOnce } from '../load.ts'
import type { Register, RegisterOptions, RegisterService } from '../register.ts'
import { serviceDocument } from '../service-document.ts'
import { divisionRoutes } from './divisions.ts'
import { identityRoutes } from './identity-routes.ts'
import { populationTables } from './load.ts'
import { findHousehold, findMoves, findPerson, searchPeople } from './people.ts'
import { type NewMove, recordMove } from './record-move.ts'

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
    readonly limit: number
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
      limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
    },
  },
}

function personRoutes(app: FastifyInstance, pool: Pool, divisions: Divisions): void {
  app.get<Search>('/persons', { schema: search }, (request) => {
    const { birthDate } = request.query
    if (birthDate !== undefined && !isDate(birthDate))
      throw invalid('วันเกิด', 'birthDate must be a date such as 1984-05-01.')
    return searchPeople(pool, request.query)
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

const newMove = {
  body: {
    type: 'object',
    required: ['nationalId', 'movedOn', 'to'],
    properties: {
      nationalId: { type: 'string', pattern: '^[0-9]{13}$' },
      movedOn: { type: 'string', maxLength: 10 },
      to: {
        type: 'object',
        required: ['houseNumber', 'subdistrictCode'],
        properties: {
          houseNumber: { type: 'string', pattern: '^[0-9]{1,5}(/[0-9]{1,5})?$' },
          moo: { type: ['integer', 'null'], minimum: 1, maximum: 99 },
          subdistrictCode: { type: 'string', pattern: '^[0-9]{6}$' },
        },
      },
    },
  },
}

function lifeEventRoutes(app: FastifyInstance, pool: Pool, divisions: Divisions, clock: Clock): void {
  app.post<{ Body: NewMove }>('/moves', { schema: newMove }, async (request, reply) => {
    const key = request.headers['idempotency-key']
    if (typeof key !== 'string' || key.length < 8 || key.length > 128)
      throw new Problem(sandboxProblems['idempotency-key-missing'])
    if (!isNationalId(request.body.nationalId))
      throw invalid('เลขประจำตัวประชาชน', 'The last digit of nationalId does not check.')
    const answer = await recordMove({ pool, divisions, clock }, key, request.body)
    return reply.code(201).type('application/json; charset=utf-8').send(answer)
  })
}

/**
 * The stand-in of the Department of Provincial Administration: the synthetic population (`population/person-v1`,
 * `population/life-event-v1`, `population/identity-v1`) and the real administrative divisions (`places/division-v1`).
 */
export async function createPopulationRegister(options: RegisterOptions): Promise<Register> {
  const { pool, log, clock = systemClock } = options
  const divisions = await loadDivisions()
  const app = createApplication(log)
  app.register(async (part) => personRoutes(part, pool, divisions), { prefix: '/person-v1' })
  app.register(async (part) => lifeEventRoutes(part, pool, divisions, clock), { prefix: '/life-event-v1' })
  app.register(async (part) => identityRoutes(part, pool, clock), { prefix: '/identity-v1' })
  app.register(async (part) => divisionRoutes(part, divisions), { prefix: '/division-v1' })
  return {
    member: MEMBER,
    services: [
      ...['person-v1', 'life-event-v1', 'identity-v1'].map((name) => offered('population', name)),
      offered('places', 'division-v1'),
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
