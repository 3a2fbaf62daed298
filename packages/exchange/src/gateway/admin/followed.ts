import type { FastifyInstance } from 'fastify'
import { memberOf } from '../../address.ts'
import type { Followed } from '../../queue/following/followed.ts'
import { listFollowed } from '../../queue/store/followed.ts'
import type { GatewayGround } from '../ground.ts'
import { callerOf } from './authorise.ts'
import type { AdminContext } from './context.ts'

/** The topics whose events are handed to systems of our members: how far each has come, and why one does not go on. */
export function followedRoute(app: FastifyInstance, { ground }: AdminContext): void {
  app.get('/v1/followed', { config: { needs: 'look' } }, async (request) => {
    const caller = callerOf(request)
    const all = [...(await listFollowed(ground.pool)).map(shown), ...notHosted(ground)]
    return { followed: all.filter(({ client }) => caller.may(memberOf(client))) }
  })
}

/** What is to be read for a member that is not here would else wait in silence. */
function notHosted({ settings, signers }: GatewayGround) {
  return settings.queue.follow
    .filter(({ client }) => !signers.hosts(memberOf(client)))
    .map(({ client, service, operation }) => ({
      ...{ client, service, operation, place: null },
      problem: 'client-unknown',
      attempts: 0,
    }))
}

function shown({ client, service, operation, place, problem, attempts, takenAt }: Followed) {
  return {
    client,
    service,
    operation,
    place: place === null ? null : String(place),
    ...(problem === null ? {} : { problem, attempts }),
    ...(takenAt === null ? {} : { takenAt: new Date(takenAt).toISOString() }),
  }
}
