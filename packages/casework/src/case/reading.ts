import { readCaseEvents } from '../store/case/events.ts'
import { countCases, readCaseQueue } from '../store/case/queue.ts'
import { insertView } from '../store/case/views.ts'
import type { CaseReading, CasesOptions } from './cases.ts'
import { suitableFor } from './officers.ts'
import { visibleCase } from './permission.ts'
import { sealOf, wholeCase } from './whole-case.ts'

export function officerReading(options: CasesOptions): CaseReading {
  const { pool, clock, sealer, concerns } = options
  return {
    async queue(officer, query) {
      const parties = await concerns.partiesOf(officer.account)
      return await readCaseQueue(pool, { officer, parties }, query)
    },
    async counts(officer) {
      const parties = await concerns.partiesOf(officer.account)
      return await countCases(pool, { officer, parties })
    },
    async read(officer, id) {
      const row = await visibleCase(options, pool, officer, id)
      // Kept before it is shown: nobody looks unseen.
      await insertView(pool, row.id, officer.account, clock())
      return await wholeCase(options, pool, row)
    },
    async history(officer, id) {
      const row = await visibleCase(options, pool, officer, id)
      return await readCaseEvents(pool, row.id, sealOf(sealer, row))
    },
    async colleaguesFor(officer, id) {
      return await suitableFor(options, await visibleCase(options, pool, officer, id))
    },
  }
}
