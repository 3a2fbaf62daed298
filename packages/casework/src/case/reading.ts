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
      const interests = await concerns.interestsOf(officer.account)
      const page = await readCaseQueue(pool, { officer, ...interests }, query)
      const silent = interests.silent.map(({ register }) => register)
      return silent.length === 0 ? page : { ...page, silent }
    },
    async counts(officer) {
      return await countCases(pool, { officer, ...(await concerns.interestsOf(officer.account)) })
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
