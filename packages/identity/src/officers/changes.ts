import type { HeldDuty, OfficerRecord } from './appointment.ts'

/** Who changes something: an officer under an appointment, or whoever runs the house, for an agency, by a command. */
export type ChangedBy =
  | { readonly account: string; readonly appointment: string }
  | { readonly operator: string; readonly agency: string }

export type ChangeKind =
  | 'invited'
  | 'accepted'
  | 'altered'
  | 'duty-given'
  | 'duty-ended'
  | 'ended'
  | 'checked'

/** A change as it is kept: codes and times, no names and no numbers. */
export interface OfficerChange {
  readonly appointment: string
  readonly kind: ChangeKind
  readonly detail: Readonly<Record<string, string>>
}

/** What is to be written, all of it or nothing. */
export interface Changes {
  /** Appointments that are new. */
  readonly invited: readonly OfficerRecord[]
  /** Appointments as they are to be: name, title, unit, days. */
  readonly altered: readonly { readonly record: OfficerRecord; readonly fields: readonly string[] }[]
  readonly dutiesEnded: readonly { readonly appointment: string; readonly held: HeldDuty }[]
  readonly dutiesGiven: readonly { readonly appointment: string; readonly held: HeldDuty }[]
}

export const noChanges: Changes = { invited: [], altered: [], dutiesEnded: [], dutiesGiven: [] }

export function allChanges(several: readonly Changes[]): Changes {
  return {
    invited: several.flatMap(({ invited }) => invited),
    altered: several.flatMap(({ altered }) => altered),
    dutiesEnded: several.flatMap(({ dutiesEnded }) => dutiesEnded),
    dutiesGiven: several.flatMap(({ dutiesGiven }) => dutiesGiven),
  }
}

/** What is kept of changes, in the order in which they are written. */
export function recordedChanges({ invited, altered, dutiesEnded, dutiesGiven }: Changes): OfficerChange[] {
  const time = (at: number | undefined) => (at === undefined ? '' : new Date(at).toISOString())
  const duty = ({ duty: code, role = '', from, till }: HeldDuty) => ({
    duty: code,
    ...(role === '' ? {} : { role }),
    from: time(from),
    ...(till === undefined ? {} : { till: time(till) }),
  })
  return [
    ...invited.map(({ id }) => ({ appointment: id, kind: 'invited' as const, detail: {} })),
    ...altered.map(({ record, fields }) => ({
      appointment: record.id,
      kind: 'altered' as const,
      detail: { fields: fields.join(' ') },
    })),
    ...dutiesEnded.map((each) => ({
      appointment: each.appointment,
      kind: 'duty-ended' as const,
      detail: duty(each.held),
    })),
    ...dutiesGiven.map((each) => ({
      appointment: each.appointment,
      kind: 'duty-given' as const,
      detail: duty(each.held),
    })),
  ]
}
