import { inTransaction } from '@sapan/kernel'
import { isId } from './act.ts'
import { type Doer, holdAccounts, type MandateRoom, mandateProblem, notify, record } from './room.ts'

/**
 * Ends a mandate that a person gave, or a helper's: either of the two, at once. Once ended it stays ended; to end it again
 * changes nothing. Throws `mandate-not-found` (also for another's, which is logged) and `mandate-from-register`.
 */
export async function withdraw(room: MandateRoom, doer: Doer, id: string): Promise<void> {
  const mandate = isId(id) ? await room.records.byId(room.pool, id) : undefined
  const isGiver = mandate?.giver === doer.account
  if (!mandate || (mandate.holder !== doer.account && !isGiver)) {
    if (mandate) room.log.warn({ account: doer.account, mandate: id }, 'a mandate of others was to be ended')
    throw mandateProblem('mandate-not-found')
  }
  if (mandate.giver === undefined) throw mandateProblem('mandate-from-register')
  const other = isGiver ? mandate.holder : mandate.giver
  await inTransaction(room.pool, async (client) => {
    await holdAccounts(client, [doer.account, other])
    if (!(await room.records.end(client, id, isGiver ? 'giver' : 'holder', room.clock()))) return
    await room.statuses.set(client, mandate.status, 'withdrawn')
    const { name } = mandate.content
    const detail = { mandate: id, source: mandate.source, th: name.th, en: name.en }
    await record(room, client, { kind: 'mandate-withdrawn', accounts: [doer.account, other], detail, doer })
    await notify(room, client, {
      account: other,
      title: { th: 'การทำการแทนถูกยกเลิก', en: 'A mandate was withdrawn' },
      body: {
        th: `การทำการแทน ${name.th} สิ้นสุดแล้ว`,
        en: `The mandate to act for ${name.en} has ended.`,
      },
    })
  })
}
