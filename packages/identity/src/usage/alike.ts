import type { MergedAccess } from './source.ts'

/** Accesses of one day that differ in nothing but their time, the latest first. */
export type Alike = readonly [MergedAccess, ...MergedAccess[]]

/**
 * Puts accesses together that say the same: a page which asks a register eight times is one line with eight times. What was
 * unusual stands alone, and what was opened. Keeps the order of the latest of each. `dayOf`: the day that a time (ISO 8601) belongs to.
 */
export function alike(accesses: readonly MergedAccess[], dayOf: (at: string) => string): readonly Alike[] {
  const groups = new Map<string, [MergedAccess, ...MergedAccess[]]>()
  for (const access of accesses) {
    const standsAlone = (access.unusual ?? []).length > 0 || access.openedBy !== undefined
    const key = standsAlone ? access.exchange : sayingOf(access, dayOf(access.at))
    const group = groups.get(key)
    if (group) group.push(access)
    else groups.set(key, [access])
  }
  return [...groups.values()]
}

function sayingOf(access: MergedAccess, day: string): string {
  const { client, service, operation, purpose, law, fields, status, actor, consent, part, question } = access
  return JSON.stringify([
    day,
    client,
    service,
    operation,
    purpose,
    law,
    fields,
    status,
    actor ?? null,
    consent?.id ?? null,
    part ?? null,
    question ?? null,
  ])
}
