import { inTransaction } from '@sapan/kernel'
import type { ServicesGround } from '../ground.ts'

/**
 * Decides a case by rule, with the first decision of its workflow, where its plan says so and nobody is awaited any more.
 */
export async function decideByRule(ground: ServicesGround, id: string): Promise<boolean> {
  return await inTransaction(ground.pool, async (client) => {
    const found = await ground.cases.byId(client, id)
    if (found === undefined || found.decision !== undefined || found.state !== 'awaiting-decision')
      return false
    const isByRule = found.plan.automatic === true || !found.plan.steps.some(({ kind }) => kind === 'decide')
    const events = isByRule ? await ground.cases.eventsOf(client, id) : []
    // What came back from registers is looked at by an officer.
    if (!isByRule || events.some(({ action }) => action === 'send-back')) return false
    const rule = ground.definitions.version(found.service, found.version)?.workflow.decisions[0]
    if (rule === undefined) return false
    const ruling = { outcome: rule.id, favours: rule.favours, reasons: [], inputs: {} }
    await ground.cases.decideByRule(client, id, ruling)
    return true
  })
}
