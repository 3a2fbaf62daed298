import type { CaseSummary, JsonValue } from '@sapan/casework'
import { inTransaction } from '@sapan/kernel'
import type { Supplement } from '../../application/supplement.ts'
import { replyInCase } from '../../submission/act-in-case.ts'
import type { Submitter } from '../../submission/who.ts'
import type { TrackingOptions } from '../options.ts'
import { countedFiles, type OpenReply } from './open-reply.ts'

/**
 * Hands a reply over to the officer, of the case as it was seen. Throws `case-not-found` for who may not act, `case-changed`,
 * `case-transition-not-allowed`, and what `replyInCase` throws.
 */
export async function keepReply(
  { ground, drafts }: Pick<TrackingOptions, 'ground' | 'drafts'>,
  who: Submitter,
  open: OpenReply,
  supplement: Supplement,
  version = open.found.caseVersion,
): Promise<CaseSummary> {
  const { found, person, application } = open
  await replyInCase(ground, who, found)
  const data: JsonValue = JSON.parse(JSON.stringify(supplement))
  return await inTransaction(ground.pool, async (client) => {
    const now = await ground.cases.reply(client, person, { case: found.id, version }, data)
    // What was replaced while they replied is nobody's.
    await drafts.clearFiles(client, { id: application.draft }, countedFiles(open, data))
    return now
  })
}
