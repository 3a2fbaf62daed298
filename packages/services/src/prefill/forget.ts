import { isDeepStrictEqual } from 'node:util'
import { inTransaction } from '@sapan/kernel'
import type { ServicesGround } from '../ground.ts'
import { draftOf, lockRow, type SealedContent, updateContent } from '../store/drafts.ts'
import { applyFacts } from './apply.ts'
import { undecidedFor, withoutOld } from './usable.ts'

const queue = 'services.forget-facts'

export type ForgetGround = Pick<ServicesGround, 'pool' | 'clock' | 'sealer' | 'definitions'>

/** Has what the person does not say yes to forgotten in an hour, though they never come back. */
export async function forgetLater(
  { pool, jobs, clock }: Pick<ServicesGround, 'pool' | 'jobs' | 'clock'>,
  draft: string,
): Promise<void> {
  const at = clock()
  await inTransaction(pool, (client) =>
    jobs.send(client, queue, { draft }, { key: `${draft}:${at}`, startAt: at + undecidedFor + 1 }),
  )
}

/** The job for it. */
export async function forgetOnTime(ground: ForgetGround & Pick<ServicesGround, 'jobs'>): Promise<void> {
  await ground.jobs.work(queue, async ({ draft }) => await forgetFacts(ground, String(draft)))
}

/** Forgets what waited too long for the person's word. A draft that was handed in or removed keeps nothing of it either. */
export async function forgetFacts(
  { pool, clock, sealer, definitions }: ForgetGround,
  id: string,
): Promise<void> {
  await inTransaction(pool, async (client) => {
    const row = await lockRow(client, id)
    if (row === undefined) return
    const { content: before, service, version, moved, copied } = draftOf(sealer, row)
    const facts = withoutOld(before.facts, clock())
    const definition = definitions.version(service, version)
    if (isDeepStrictEqual(facts, before.facts)) return
    const changed = { ...before, facts }
    const content = definition === undefined ? changed : applyFacts(definition, changed)
    const kept: SealedContent = { content, ...(moved && { moved }), ...(copied && { copied }) }
    const plain = JSON.stringify(kept)
    const sealed = sealer.seal(Buffer.from(plain), Buffer.from(`services.draft.content_sealed ${id}`))
    await updateContent(client, { ...row, content_sealed: sealed, revision: row.revision + 1 })
  })
}
