import type { Act } from './act.ts'
import type { OfficerRecord } from './appointment.ts'
import type { OfficersCountry } from './country.ts'
import type { EntryFault } from './entry.ts'
import { entryFault } from './entry-faults.ts'
import type { Plan } from './plan.ts'
import { type DutyRefusal, keepsAdministrator, refusalOfDuty } from './rules.ts'

/** Why a plan is not to be carried out: days that cannot be, and duties that are not theirs to give or end. */
export function faultsOfPlan(plan: Plan, act: Act, country: OfficersCountry): EntryFault[] {
  return [...impossibleDays(plan), ...refusedDuties(plan, act, country), ...ownDays(plan, act)]
}

function impossibleDays({ after, changes }: Plan): EntryFault[] {
  const isLate = ({ from, till }: { from: number; till?: number }) => till !== undefined && till <= from
  return [
    ...(isLate(after) ? [{ field: 'till' as const, text: entryFault('order') }] : []),
    ...(changes.dutiesGiven.some(({ held }) => isLate(held))
      ? [{ field: 'duty_till' as const, text: entryFault('order') }]
      : []),
  ]
}

const words: Readonly<Record<DutyRefusal, 'beyond' | 'own'>> = {
  missing: 'beyond',
  beyond: 'beyond',
  own: 'own',
}

function refusedDuties({ after, changes }: Plan, act: Act, country: OfficersCountry): EntryFault[] {
  const duties = new Set([...changes.dutiesEnded, ...changes.dutiesGiven].map(({ held }) => held.duty))
  return [...duties].flatMap((duty) => {
    const refusal = refusalOfDuty(country, act, duty, after.nationalId, act.at)
    const name = country.duties.find(({ code }) => code === duty)?.name.th ?? duty
    return refusal ? [{ field: 'duties' as const, text: entryFault(words[refusal], name) }] : []
  })
}

/** Nobody sets how long they are appointed themselves, nor what they are called. */
function ownDays({ before, after, changes }: Plan, { record }: Act): EntryFault[] {
  const isOwn = before !== undefined && record?.nationalId === after.nationalId
  return isOwn && changes.altered.length > 0 ? [{ field: 'row', text: entryFault('own') }] : []
}

/** Whether plans that are carried out together leave the agency somebody to administer it. */
export function leavesAdministrator(
  plans: readonly Plan[],
  administrators: readonly OfficerRecord[],
  { administrator }: OfficersCountry,
  at: number,
): boolean {
  const changed = new Map(plans.map(({ after }) => [after.id, after]))
  const after = administrators.map((record) => changed.get(record.id) ?? record)
  return keepsAdministrator(administrator, administrators, after, at)
}
