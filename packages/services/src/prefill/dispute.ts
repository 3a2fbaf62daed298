import type { JsonValue } from '@sapan/casework'
import { inTransaction } from '@sapan/kernel'
import type { Applicant } from '../application/application.ts'
import type { Fact } from '../application/fact.ts'
import type { Evidence, ServiceDefinition } from '../definition/definition.ts'
import { callFor } from '../definition/evidence-call.ts'
import type { ServicesGround } from '../ground.ts'
import { memberOf } from './asker.ts'
import type { ShownValue } from './shown.ts'

/** The kind of task that a dispute becomes, and the working days for it. */
export const disputeKind = 'register-dispute'
export const disputeDays = 15

/** What an officer of the register reads of it. */
export interface DisputeDetail {
  readonly service: string
  readonly operation: string
  readonly field: string
  readonly label: { readonly th: string; readonly en: string }
  readonly says: JsonValue
  readonly words: string
  /** Whose record it is. */
  readonly about: Pick<Applicant, 'id' | 'scheme' | 'name'>
  readonly exchange: string
  /** Milliseconds since 1970: when the register said so. */
  readonly askedAt: number
}

export type DisputeGround = Pick<ServicesGround, 'pool' | 'casework' | 'clock'> & {
  readonly rooms: { readonly officers: Pick<ServicesGround['rooms']['officers'], 'holdersOf'> }
}

export interface Disputed {
  readonly account: string
  readonly applicant: Applicant
  readonly evidence: Evidence
  readonly fact: Fact
  readonly value: ShownValue
  /** What the person says is right. */
  readonly words: string
}

/**
 * Opens a task at the owner of the register, and gives its id. Sent twice it is one: of the same exchange and value.
 */
export async function openDispute(
  ground: DisputeGround,
  definition: Pick<ServiceDefinition, 'owner'>,
  disputed: Disputed,
): Promise<string> {
  const { account, evidence, fact, value } = disputed
  const reference = `${fact.exchange ?? evidence.id}/${value.path}`
  const to = await receiver(ground, [memberOf(evidence.service), definition.owner])
  return await inTransaction(ground.pool, async (client) => {
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${account} ${reference}`])
    const known = (await ground.casework.stateFor(account)).find(
      (one) => one.kind === disputeKind && one.reference === reference,
    )
    if (known !== undefined) return known.id
    const task = await ground.casework.open(client, {
      ...to,
      kind: disputeKind,
      subject: account,
      title: { th: 'แจ้งว่าข้อมูลในทะเบียนไม่ถูกต้อง', en: 'A person says that a register is wrong' },
      detail: { ...detailOf(disputed) },
      clock: { workingDays: disputeDays },
      reference,
    })
    return task.id
  })
}

function detailOf({ applicant, evidence, fact, value, words }: Disputed): DisputeDetail {
  const { id, scheme, name } = applicant
  return {
    service: evidence.service,
    operation: callFor(evidence, scheme).operation,
    field: value.path,
    label: value.label,
    says: value.value,
    words,
    about: { id, scheme, name },
    exchange: fact.exchange ?? '',
    askedAt: fact.askedAt,
  }
}

const duties = ['case-officer', 'data-protection-officer'] as const

/**
 * Whoever can put it right: an officer of the register, its data protection officer, or of the agency whose service it
 * is. Where none has anybody, the register's: whoever is appointed there finds it.
 */
async function receiver(
  { rooms, clock }: DisputeGround,
  agencies: readonly string[],
): Promise<{ readonly agency: string; readonly duty: string }> {
  for (const agency of agencies) {
    for (const duty of duties) {
      if ((await rooms.officers.holdersOf(agency, duty, clock())).length > 0) return { agency, duty }
    }
  }
  return { agency: agencies[0] ?? '', duty: duties[1] }
}
