import { Problem } from '@sapan/kernel'
import { officerProblems } from '../problems/officers.ts'
import { type Act, act, type OfficersGround, ownRecord } from './act.ts'
import { applyChanges } from './apply.ts'
import { type OfficerRecord, standing } from './appointment.ts'
import { noChanges } from './changes.ts'
import { type EntryFault, type RawOfficer, readEntry } from './entry.ts'
import { entryFault } from './entry-faults.ts'
import { faultsOfPlan, leavesAdministrator } from './judge.ts'
import type { Officers, OfficersOptions } from './officers.ts'
import { type Plan, planEntry } from './plan.ts'
import type { AppointmentWatch } from './ports.ts'
import { refusalOfDuty, refusedDuty } from './rules.ts'
import { numberHash, recordsByDuty, recordsByNumber } from './store/read.ts'
import { writeHistory } from './store/write.ts'

/** Acts on one officer. */
export function actsOnOne(
  ground: OfficersGround,
  watches: readonly AppointmentWatch[],
): Pick<Officers, 'add' | 'change' | 'giveDuty' | 'endDuty'> {
  const { country, sealer } = ground
  const carryOut = (acting: Act, plan: Plan) => carryOutPlan(ground, watches, acting, plan)
  const own = (acting: Act, id: string) =>
    ownStanding(ground, acting, id).then((record) => ({ record, where: { ...acting, country } }))
  return {
    add: (by, raw) =>
      act(ground, by, async (acting) => {
        const entry = validEntry(raw, ground)
        const hash = numberHash(ground.hashKey, entry.nationalId)
        const [taken] = await recordsByNumber(acting.client, sealer, acting.agency, [hash])
        if (taken) throw new Problem(officerProblems['officer-appointed'])
        return carryOut(acting, planEntry(entry, undefined, { ...acting, country }))
      }),
    change: (by, id, raw) =>
      act(ground, by, async (acting) => {
        const { record, where } = await own(acting, id)
        const fields = new Map([...raw.fields, ['national_id' as const, record.nationalId]])
        return carryOut(acting, planEntry(validEntry({ ...raw, fields }, ground), record, where))
      }),
    giveDuty: (by, id, raw) =>
      act(ground, by, async (acting) => {
        const { record, where } = await own(acting, id)
        const [given] = validEntry({ ...rawOf(record), duties: [raw] }, ground).duties ?? []
        if (!given) throw invalidEntry([{ field: 'duties', text: entryFault('missing') }])
        refuseDuty(ground, acting, given.duty, record)
        const others = standing(record.held, acting.at).filter(
          ({ duty, role }) => duty !== given.duty || role !== given.role,
        )
        const entry = { ...validEntry(rawOf(record), ground), duties: [...others, given] }
        return carryOut(acting, planEntry({ ...entry, ...sameDays(record) }, record, where))
      }),
    endDuty: (by, id, held) =>
      act(ground, by, async (acting) => {
        const { record, where } = await own(acting, id)
        const found = standing(record.held, acting.at).find((each) => each.id === held)
        if (!found) throw new Problem(officerProblems['officer-not-found'])
        refuseDuty(ground, acting, found.duty, record)
        const duties = standing(record.held, acting.at).filter((each) => each !== found)
        const entry = { ...validEntry(rawOf(record), ground), ...sameDays(record), duties }
        return carryOut(acting, planEntry(entry, record, where))
      }),
  }
}

function refuseDuty(
  { country }: OfficersGround,
  acting: Act,
  duty: string,
  { nationalId }: OfficerRecord,
): void {
  const refusal = refusalOfDuty(country, acting, duty, nationalId, acting.at)
  const name = country.duties.find(({ code }) => code === duty)?.name ?? { th: duty, en: duty }
  if (refusal) throw refusedDuty(refusal, name)
}

async function ownStanding(ground: OfficersGround, acting: Act, id: string): Promise<OfficerRecord> {
  const record = await ownRecord(ground, acting.client, { ...acting, id })
  if (record.endedAt !== undefined) throw new Problem(officerProblems['officer-not-found'])
  return record
}

function validEntry(raw: RawOfficer, { country }: OfficersGround) {
  const { entry, faults } = readEntry(raw, country)
  if (faults) throw invalidEntry(faults)
  return entry
}

function invalidEntry(faults: readonly EntryFault[]): Problem {
  const [first] = faults
  return new Problem(officerProblems['officer-entry-invalid'], {
    ...(first ? { detail: first.text } : {}),
    extensions: { faults },
  })
}

/** A record as an entry that changes nothing. */
function rawOf(record: OfficerRecord): RawOfficer {
  const { nationalId, givenName, familyName, title, unit } = record
  return {
    fields: new Map([
      ['national_id', nationalId],
      ['given_name', givenName],
      ['family_name', familyName],
      ['title_th', title.th],
      ['title_en', title.en],
      ['unit_th', unit.th],
      ['unit_en', unit.en],
    ]),
  }
}

const sameDays = ({ from, till }: OfficerRecord) => ({ from, till: till ?? null })

async function carryOutPlan(
  ground: OfficersGround,
  watches: readonly AppointmentWatch[],
  acting: Act,
  plan: Plan,
): Promise<OfficerRecord> {
  const { country, sealer } = ground
  const faults = faultsOfPlan(plan, acting, country)
  if (faults.length > 0) throw invalidEntry(faults)
  const administrators = await recordsByDuty(acting.client, sealer, acting.agency, country.administrator)
  if (!leavesAdministrator([plan], administrators, country, acting.at)) {
    throw new Problem(officerProblems['officer-last-administrator'])
  }
  await applyChanges(acting, plan.changes, watches)
  return plan.after
}

export async function endAppointment(
  ground: OfficersGround,
  { status, watches = [] }: OfficersOptions,
  acting: Act,
  id: string,
): Promise<void> {
  const { at } = acting
  const record = await ownStanding(ground, acting, id)
  const { country, sealer } = ground
  const administrators = await recordsByDuty(acting.client, sealer, acting.agency, country.administrator)
  const plan = { before: record, after: { ...record, endedAt: at }, changes: noChanges }
  if (!leavesAdministrator([plan], administrators, country, at)) {
    throw new Problem(officerProblems['officer-last-administrator'])
  }
  await acting.client.query(
    "update identity.officer_appointment set state = 'ended', ended_at = $2 where id = $1",
    [record.id, new Date(at)],
  )
  await acting.client.query(
    `update identity.officer_duty set ended_at = least(valid_till, $2)
     where appointment_id = $1 and ended_at is null`,
    [record.id, new Date(at)],
  )
  if (record.status) await status?.set(acting.client, record.status, 'withdrawn')
  await writeHistory(acting, [{ appointment: record.id, kind: 'ended', detail: {} }])
  for (const watch of watches) {
    await watch.changed(acting.client, [{ appointment: record.id, what: 'ended' }], at)
  }
}
