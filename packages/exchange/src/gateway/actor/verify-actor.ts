import { exchangeProblem } from '../../problems.ts'
import { type ActorToken, readActorToken } from '../../tokens/actor-token.ts'
import type { GatewayGround } from '../ground.ts'
import { isListOf } from '../status/keeper.ts'

/**
 * The actor whom a token proves to this consumer. Throws Problem `actor-invalid`, `actor-withdrawn` or
 * `actor-status-stale`.
 */
export async function verifyActor(
  ground: GatewayGround,
  jws: string,
  consumerMember: string,
): Promise<ActorToken> {
  const view = ground.directory.current()
  const token = readActorToken(jws, { view, audience: consumerMember, now: ground.clock() })
  for (const ref of token.session ? [token.status, token.session] : [token.status]) {
    if (!isListOf(view, token.issuer, ref)) throw exchangeProblem('actor-invalid')
    const status = await ground.statuses.statusOf(ref)
    if (status === undefined) throw exchangeProblem('actor-status-stale')
    if (status !== 'valid') throw exchangeProblem('actor-withdrawn')
  }
  return token
}
