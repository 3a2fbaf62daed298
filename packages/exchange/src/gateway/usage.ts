import type { ExportResult } from '../evidence/export/export.ts'
import type { EvidenceSide } from '../evidence/record.ts'
import type { UsagePage } from '../evidence/usage.ts'
import { exchangeProblem } from '../problems.ts'
import type { GatewayGround } from './ground.ts'
import { rulesOf } from './store/unusual-accesses.ts'
import { useToken } from './store/used-tokens.ts'
import { readSubjectToken } from './subject-token.ts'

/** A person's question who looked at their data. */
export interface UsageQuestion {
  readonly token: string
  readonly limit?: number | undefined
  readonly after?: string | undefined
}

/** A person's question for the proof of one access, which an answer to the question before has named. */
export interface ProofQuestion {
  readonly token: string
  readonly exchange: string
  readonly member: string
  readonly side: EvidenceSide
}

/**
 * Who looked at a person's data, as this gateway's evidence has it; answered only to a fresh token signed for that
 * person. Throws `subject-token-invalid`, or `message-replayed` where the token was used before.
 */
export async function findUsage(ground: GatewayGround, question: UsageQuestion): Promise<UsagePage> {
  const subjects = await subjectsOf(ground, question.token)
  const page = await ground.evidence.findUsage({
    subjects,
    ...(question.limit === undefined ? {} : { limit: question.limit }),
    ...(question.after === undefined ? {} : { after: question.after }),
  })
  return withUnusual(ground, page)
}

/** Marks what was out of the usual. */
async function withUnusual(ground: GatewayGround, page: UsagePage): Promise<UsagePage> {
  const exchanges = page.accesses.flatMap((access) => (access.withheld ? [] : [access.exchange]))
  const rules = await rulesOf(ground.pool, exchanges)
  if (rules.size === 0) return page
  const accesses = page.accesses.map((access) => {
    const unusual = access.withheld ? undefined : rules.get(access.exchange)
    return access.withheld || unusual === undefined ? access : { ...access, unusual }
  })
  return { ...page, accesses }
}

/**
 * The proof of one access to a person's data, without what was said of others. Throws as `findUsage`, and
 * `exchange-unknown` for an access that is not to this person's data or is withheld.
 */
export async function proveUsage(
  ground: GatewayGround,
  { token, exchange, member, side }: ProofQuestion,
): Promise<ExportResult> {
  const subjects = await subjectsOf(ground, token)
  return ground.evidence.exportFor(exchange, { member, side, subjects })
}

/** Takes the token, once, for the keyed hashes of its person. */
async function subjectsOf(ground: GatewayGround, jws: string): Promise<Buffer[]> {
  const token = readSubjectToken(jws, {
    view: ground.directory.current(),
    audience: ground.settings.id,
    now: ground.clock(),
  })
  const { issuer, tokenId } = token
  const used = { issuer, tokenId, expires: token.expires + 10_000 }
  const fresh = await useToken(ground.pool, used, ground.settings.timeouts.database * 1000)
  if (!fresh) throw exchangeProblem('message-replayed')
  return ground.subjects.everyHash(token.subject).map(({ hash }) => hash)
}
