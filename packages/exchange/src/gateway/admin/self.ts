import type { FastifyInstance } from 'fastify'
import { callerOf } from './authorise.ts'

/** To whoever asks: as whom the API knows them, and what they may do. `opens`: what was said, too. `whole`: of the gateway itself, not of single members. */
export function selfRoute(app: FastifyInstance): void {
  app.get('/v1/caller', { config: { needs: 'look' } }, async (request) => {
    const caller = callerOf(request)
    return {
      name: caller.name,
      role: caller.meets('change') ? 'change' : 'look',
      opens: caller.meets('open'),
      whole: caller.meets(undefined),
    }
  })
}
