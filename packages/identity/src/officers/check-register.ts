import { inTransaction, Problem } from '@sapan/kernel'
import type { AskAgency } from '../exchange.ts'
import { officerProblems } from '../problems/officers.ts'
import { type OfficersGround, ownRecord } from './act.ts'
import type { OfficerRecord, RegisterCheck } from './appointment.ts'
import type { ChangedBy } from './changes.ts'
import type { Officers } from './officers.ts'
import { writeHistory } from './store/write.ts'

export interface RegisterOptions {
  readonly officers: Officers
  readonly ask: AskAgency
  /** What an agency is called: the register knows agencies by their names. */
  readonly agencyName: (agency: string) => { readonly th: string } | undefined
}

/**
 * Asks the register of officers whether somebody is one, and of which agency; keeps the answer with the exchange's number.
 * Throws `officer-register-silent`, `officer-not-found`, `officer-duty-missing`.
 */
export async function checkRegister(
  ground: OfficersGround,
  options: RegisterOptions,
  by: ChangedBy,
  id: string,
): Promise<RegisterCheck> {
  const agency = await options.officers.agencyOf(by)
  const record = await ownRecord(ground, ground.pool, { agency, by, id })
  const check = await asked(ground, options, record)
  const at = ground.clock()
  await inTransaction(ground.pool, async (client) => {
    await client.query('update identity.officer_appointment set checked = $2 where id = $1', [id, check])
    const detail = { outcome: check.outcome, exchange: check.exchange }
    await writeHistory({ client, agency, at, by }, [{ appointment: id, kind: 'checked', detail }])
  })
  return check
}

async function asked(
  { country, clock, log }: OfficersGround,
  { ask, agencyName }: RegisterOptions,
  { nationalId, agency }: OfficerRecord,
): Promise<RegisterCheck> {
  const { register } = country
  if (!register) throw new Problem(officerProblems['officer-register-silent'])
  const path = register.path.replace('{number}', nationalId)
  const { service, purpose } = register
  const answer = await ask({ service, method: 'GET', path, purpose }).catch((cause: unknown) => {
    log.warn({ err: cause }, 'the register of officers did not answer')
    throw new Problem(officerProblems['officer-register-silent'], { cause })
  })
  const said = readAnswer(answer.body)
  if (answer.status !== 200 || !said) throw new Problem(officerProblems['officer-register-silent'])
  const outcome = !said.officer
    ? 'not-an-officer'
    : said.agency === agencyName(agency)?.th
      ? 'confirmed'
      : 'other-agency'
  return { at: clock(), exchange: answer.exchange, outcome }
}

/** `{ officer, agency: { th } }`, whatever else is there. */
function readAnswer(body: unknown): { officer: boolean; agency: string | undefined } | undefined {
  if (typeof body !== 'object' || body === null || !('officer' in body)) return undefined
  if (typeof body.officer !== 'boolean') return undefined
  const agency: unknown = 'agency' in body ? body.agency : undefined
  const th: unknown = typeof agency === 'object' && agency !== null && 'th' in agency ? agency.th : undefined
  return { officer: body.officer, agency: typeof th === 'string' ? th : undefined }
}
