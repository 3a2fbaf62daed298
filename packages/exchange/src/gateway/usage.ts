import type { UsagePage } from '../evidence/usage.ts'
import { exchangeProblem } from '../problems.ts'
import type { GatewayGround } from './ground.ts'
import { useToken } from './store/used-tokens.ts'
import { readSubjectToken } from './subject-token.ts'

/**
 * Who looked at a person's data, as this gateway's evidence has it; answered only to a fresh token signed for that
 * person. Throws `subject-token-invalid`, or `message-replayed` where the token was used before.
 */
export async function findUsage(
  ground: GatewayGround,
  question: { token: string; limit?: number | undefined; after?: string | undefined },
): Promise<UsagePage> {
  const token = readSubjectToken(question.token, {
    view: ground.directory.current(),
    audience: ground.settings.id,
    now: ground.clock(),
  })
  const { issuer, tokenId } = token
  const used = { issuer, tokenId, expires: token.expires + 10_000 }
  const fresh = await useToken(ground.pool, used, ground.settings.timeouts.database * 1000)
  if (!fresh) throw exchangeProblem('message-replayed')
  return ground.evidence.findUsage({
    subjects: ground.subjects.everyHash(token.subject).map(({ hash }) => hash),
    ...(question.limit === undefined ? {} : { limit: question.limit }),
    ...(question.after === undefined ? {} : { after: question.after }),
  })
}
