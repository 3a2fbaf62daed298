import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type ById, checkNumber, idOf, invalid, keyOf, notFound, sendJson } from '../application.ts'
import { bodySchema } from '../body-schema.ts'
import { listCopies, type NewCopy, recordCopy } from './copies.ts'
import {
  findHouse,
  findHouseOf,
  findHousesAt,
  findPlace,
  findPlaces,
  findRegistration,
  type HousePlace,
} from './houses.ts'
import type { MoveRegister } from './record-move.ts'

interface ByHouse {
  readonly Params: { readonly houseId: string }
}

interface ByPlace {
  readonly Querystring: {
    readonly subdistrictCode: string
    readonly houseNumber: string
    readonly moo?: string
  }
}

const byPlace = {
  schema: {
    querystring: {
      type: 'object',
      required: ['subdistrictCode', 'houseNumber'],
      properties: {
        subdistrictCode: { type: 'string', pattern: '^[0-9]{6}$' },
        houseNumber: { type: 'string', pattern: '^[0-9]{1,5}(/[0-9]{1,5})?$' },
        moo: { type: 'string', pattern: '^[1-9][0-9]?$' },
      },
    },
  },
}

function houseIdOf({ params }: FastifyRequest<ByHouse>): string {
  if (!/^\d{11}$/.test(params.houseId)) throw invalid('รหัสประจำบ้าน', 'The number must have 11 digits.')
  return params.houseId
}

function placeIn({ query: { moo, ...rest } }: FastifyRequest<ByPlace>): HousePlace {
  return { ...rest, moo: moo === undefined ? null : Number(moo) }
}

/** `address-v1`: where houses are, without anybody who lives there. */
export function addressRoutes(
  app: FastifyInstance,
  { pool, divisions }: Pick<MoveRegister, 'pool' | 'divisions'>,
): void {
  app.get<ByPlace>('/houses', byPlace, (request) => findPlaces(pool, divisions, placeIn(request)))
  app.get<ByHouse>('/houses/:houseId', async (request) => {
    return (await findPlace(pool, divisions, houseIdOf(request))) ?? Promise.reject(notFound())
  })
}

/** `house-v1`: houses with their masters, what their registrations say, and copies of them. */
export function houseRoutes(app: FastifyInstance, { pool, divisions, clock }: MoveRegister): void {
  app.get<ByPlace>('/houses', byPlace, (request) => findHousesAt(pool, divisions, placeIn(request)))
  app.get<ByHouse>('/houses/:houseId', async (request) => {
    return (await findHouse(pool, divisions, houseIdOf(request))) ?? Promise.reject(notFound())
  })
  app.get<ById>('/persons/:id/house', async (request) => {
    return (await findHouseOf(pool, divisions, idOf(request))) ?? Promise.reject(notFound())
  })
  app.get<ById>('/persons/:id/house/registration', async (request) => {
    const found = await findRegistration(pool, divisions, idOf(request), new Date(clock()))
    return found ?? Promise.reject(notFound())
  })
  app.get<ById>('/persons/:id/copies', (request) => listCopies(pool, idOf(request)))
  const schema = bodySchema('house-v1', 'NewCopy')
  app.post<{ Body: NewCopy }>('/copies', { schema }, async (request, reply) => {
    const key = keyOf(request)
    checkNumber(request.body.nationalId, 'nationalId')
    return sendJson(reply, 201, await recordCopy(pool, clock, key, request.body))
  })
}
