import { exchangeProblem } from '../../problems.ts'
import type { GatewayGround } from '../ground.ts'
import { deleteTaken, listHints, type WaitingHint } from '../store/access-hints.ts'
import { useToken } from '../store/used-tokens.ts'
import { readHintsToken } from './token.ts'

/** An issuer's question for the hints that are for it; `taken`: those of the answer before that it has kept. */
export interface HintsQuestion {
  readonly token: string
  readonly taken: readonly number[]
}

/** How many hints an answer has, and a question takes, at most. */
export const mostHints = 200

/**
 * Tells an issuer what waits for it, and forgets what it has taken. Throws `hints-token-invalid`, or `message-replayed` where
 * the token was used before.
 */
export async function fetchHints(
  ground: GatewayGround,
  { token: jws, taken }: HintsQuestion,
): Promise<{ hints: readonly WaitingHint[] }> {
  const { pool, settings, clock, directory } = ground
  const view = directory.current()
  const token = readHintsToken(jws, { view, audience: settings.id, now: clock() })
  const used = { issuer: token.issuer, tokenId: token.tokenId, expires: token.expires + 10_000 }
  if (!(await useToken(pool, used, settings.timeouts.database * 1000)))
    throw exchangeProblem('message-replayed')
  await deleteTaken(pool, token.issuer, taken)
  return { hints: await listHints(pool, token.issuer, mostHints) }
}
