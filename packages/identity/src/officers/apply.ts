import type { Act } from './act.ts'
import type { Changes } from './changes.ts'
import type { AppointmentChange, AppointmentWatch } from './ports.ts'
import { writeChanges } from './store/write.ts'

/** Writes changes, and tells whatever rests on the appointments. */
export async function applyChanges(
  act: Act,
  changes: Changes,
  watches: readonly AppointmentWatch[],
): Promise<void> {
  await writeChanges(act, changes)
  const heard = heardOf(changes)
  if (heard.length === 0) return
  for (const watch of watches) await watch.changed(act.client, heard, act.at)
}

/** What a certificate or a token says: other days alone change none of it. */
const shown: ReadonlySet<string> = new Set(['name', 'title', 'unit'])

function heardOf({ altered, dutiesEnded, dutiesGiven }: Changes): AppointmentChange[] {
  const again = new Set(dutiesGiven.map(({ appointment, held }) => `${appointment} ${held.duty}`))
  return [
    ...altered
      .filter(({ fields }) => fields.some((field) => shown.has(field)))
      .map(({ record }) => ({ appointment: record.id, what: 'altered' as const })),
    // A duty that is given anew at once, for other days, has not ended.
    ...dutiesEnded
      .filter(({ appointment, held }) => !again.has(`${appointment} ${held.duty}`))
      .map(({ appointment, held }) => ({ appointment, what: 'duty-ended' as const, duty: held.duty })),
  ]
}
