import type { JsonValue } from '@sapan/casework'
import type { Logger, Pool, PoolClient, Text } from '@sapan/kernel'
import { inTransaction } from '@sapan/kernel'
import { answeringAgency, type HasOfficers } from '../answering.ts'
import { memberOf, questionDuty } from '../usage.ts'
import { readUnusual, readUnusualEvidence, type UnusualAccess } from './access.ts'

/** One gateway, as its operator may ask it. What it answers is read here, whatever it is. */
export interface UnusualDoor {
  readonly gateway: string
  /** The accesses after that number, the earliest first. */
  list(after: number): Promise<unknown>
  /** The evidence of an exchange, as kept for the member whose data it was. */
  evidence(exchange: string, member: string): Promise<unknown>
}

export interface UnusualPorts {
  readonly doors: readonly UnusualDoor[]
  readonly casework: {
    open(
      client: PoolClient,
      task: {
        readonly agency: string
        readonly duty: string
        readonly kind: string
        readonly title: Text
        readonly detail: JsonValue
        readonly clock: { readonly workingDays: number }
        readonly reference: string
        /** Told to who has the duty at once. */
        readonly isUrgent: true
      },
    ): Promise<unknown>
  }
  /** Whether the agency has an officer with that duty; else the task goes to the one whose data it was. */
  readonly hasOfficers: HasOfficers
}

/** The kind of task that an unusual access becomes. */
export const unusualKind = 'unusual-access'

const workingDays = 5

const title = { th: 'การเข้าถึงข้อมูลที่ผิดปกติของเจ้าหน้าที่', en: 'An unusual access by an officer' }
/** Where no officer is proven. */
const titleOfSystem = { th: 'การเข้าถึงข้อมูลที่ผิดปกติของระบบ', en: 'An unusual access by a system' }

interface Ground {
  readonly pool: Pool
  readonly log: Logger
}

/**
 * A job: reads what gateways found unusual and opens a task for the data-protection officer, once each, in whatever process.
 * Gives how many. A gateway that is silent is asked again next time.
 */
export async function watchUnusual(ground: Ground, ports: UnusualPorts): Promise<number> {
  let opened = 0
  for (const door of ports.doors) {
    try {
      opened += await watchOne(ground, ports, door)
    } catch (error) {
      ground.log.warn({ err: error, gateway: door.gateway }, 'unusual accesses were not read; tried again')
    }
  }
  return opened
}

async function watchOne({ pool }: Ground, ports: UnusualPorts, door: UnusualDoor): Promise<number> {
  const { gateway } = door
  await pool.query(
    'insert into identity.unusual_read (gateway, number) values ($1, 0) on conflict do nothing',
    [gateway],
  )
  const accesses = readUnusual(await door.list(await readTill(pool, gateway)))
  if (accesses === undefined) throw new TypeError(`${gateway} answered something else`)
  let opened = 0
  for (const access of accesses) if (await openOne(pool, ports, { door, access })) opened += 1
  return opened
}

async function readTill(pool: Pool, gateway: string): Promise<number> {
  const { rows } = await pool.query<{ number: string }>(
    'select number from identity.unusual_read where gateway = $1',
    [gateway],
  )
  return Number(rows[0]?.number ?? 0)
}

/** False where another process was faster. */
async function openOne(
  pool: Pool,
  ports: UnusualPorts,
  { door, access }: { readonly door: UnusualDoor; readonly access: UnusualAccess },
): Promise<boolean> {
  const { number, exchange, member, client: consumer } = access
  const found = readUnusualEvidence(await door.evidence(exchange, member))
  const agency = await answeringAgency(ports.hasOfficers, questionDuty, [memberOf(consumer), member])
  const evidence = found ?? { fields: [], title: { th: '', en: '' }, as: '', case: '' }
  return await inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      'update identity.unusual_read set number = $2 where gateway = $1 and number < $2',
      [door.gateway, number],
    )
    if (rowCount === 0) return false
    await ports.casework.open(client, {
      agency,
      duty: questionDuty,
      kind: unusualKind,
      title: access.officer === '' ? titleOfSystem : title,
      detail: { ...access, ...evidence, title: { ...evidence.title }, gateway: door.gateway },
      clock: { workingDays },
      reference: exchange,
      isUrgent: true,
    })
    return true
  })
}
