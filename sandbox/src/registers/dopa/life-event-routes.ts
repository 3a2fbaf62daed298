import type { FastifyInstance } from 'fastify'
import { type ById, checkNumber, idOf, keyOf, notFound, sendJson } from '../application.ts'
import { bodySchema } from '../body-schema.ts'
import { type MoveRegister, type NewMove, recordMove } from './record-move.ts'
import { type NewMoves, recordMoves } from './record-moves.ts'
import { findBirth, type NewBirth, registerBirth } from './register-birth.ts'

/** `life-event-v1`: what people tell the register. */
export function lifeEventRoutes(app: FastifyInstance, register: MoveRegister): void {
  const service = 'life-event-v1'
  const move = { schema: bodySchema(service, 'NewMove') }
  app.post<{ Body: NewMove }>('/moves', move, async (request, reply) => {
    const key = keyOf(request)
    checkNumber(request.body.nationalId, 'nationalId')
    return sendJson(reply, 201, await recordMove(register, key, request.body))
  })
  const moves = { schema: bodySchema(service, 'NewMoves') }
  app.post<{ Body: NewMoves }>('/household-moves', moves, async (request, reply) => {
    const key = keyOf(request)
    for (const id of request.body.nationalIds) checkNumber(id, 'nationalIds')
    checkNumber(request.body.masterId, 'masterId')
    return sendJson(reply, 201, await recordMoves(register, key, request.body))
  })
  const birth = { schema: bodySchema(service, 'NewBirth') }
  app.post<{ Body: NewBirth }>('/births', birth, async (request, reply) => {
    const key = keyOf(request)
    checkNumber(request.body.motherId, 'motherId')
    checkNumber(request.body.fatherId, 'fatherId')
    return sendJson(reply, 201, await registerBirth(register, key, request.body))
  })
  app.get<ById>('/births/:id', async (request) => {
    return (await findBirth(register.pool, register.divisions, idOf(request))) ?? Promise.reject(notFound())
  })
}
