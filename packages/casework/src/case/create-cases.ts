import type { Cases, CasesOptions } from './cases.ts'
import { officerActions } from './officers.ts'
import { casePeople } from './people.ts'
import { officerReading } from './reading.ts'
import { caseSystem } from './system.ts'

/** Cases of services. Sends jobs, and does none: `markOverdue` and `lapse` are for a schedule. */
export function createCases(options: CasesOptions): Cases {
  return {
    ...officerActions(options),
    ...officerReading(options),
    ...casePeople(options),
    ...caseSystem(options),
  }
}
