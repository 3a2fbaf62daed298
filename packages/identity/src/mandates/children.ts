import { inTransaction, isNationalId } from '@sapan/kernel'
import { ensureRecord } from './derive.ts'
import { type Doer, type MandateRoom, mandateProblem, nationalNumber, record, refuseActing } from './room.ts'
import { countTry } from './store/tries.ts'

/**
 * Names a child who lives in another house, where the register does not list them with their parent. What the register
 * says decides; that there is no such person and that it is somebody else's child is one answer. Returns the mandate's id.
 *
 * Throws `mandate-number-invalid`, `mandate-child-not-found`, `mandate-too-many`, `mandate-not-passed-on`,
 * `mandate-register-silent`.
 */
export async function nameChild(room: MandateRoom, doer: Doer, typed: string): Promise<string> {
  refuseActing(doer)
  const number = typed.normalize('NFKC').replace(/[\s-]/g, '')
  if (!isNationalId(number)) throw mandateProblem('mandate-number-invalid')
  const at = room.clock()
  const tried = { account: doer.account, kind: 'child', most: room.country.child.namedPerDay }
  const few = await inTransaction(room.pool, async (client) => {
    const isFew = await countTry(client, { ...tried, since: at - 86_400_000, at })
    if (isFew)
      await record(room, client, { kind: 'mandate-child-named', accounts: [doer.account], detail: {}, doer })
    return isFew
  })
  if (!few) throw mandateProblem('mandate-too-many')
  const holder = await nationalNumber(room, doer.account)
  const authority = holder === undefined ? undefined : await room.sources.child.one(holder, number)
  if (authority === undefined) throw mandateProblem('mandate-child-not-found')
  return (await ensureRecord(room, doer.account, authority)).id
}
