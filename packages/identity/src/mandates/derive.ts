import { inTransaction, type PoolClient, type Text, uuidv7 } from '@sapan/kernel'
import type { Mandate, MandateRecord } from './mandate.ts'
import {
  holdAccounts,
  isMandateProblem,
  type MandateRoom,
  nationalNumber,
  notify,
  numberHash,
  record,
} from './room.ts'
import type { Authority } from './sources/authority.ts'
import { serialize } from './store/tries.ts'

/** What the registers say that somebody may do for others, and which of them did not answer. */
export interface Derived {
  readonly mandates: readonly Mandate[]
  readonly silent: readonly SilentRegister[]
}

/** A register that could not be asked: nothing is said of what it holds. */
export interface SilentRegister {
  readonly source: 'company' | 'child'
  readonly name: Text
}

const derivedSources = ['company', 'child'] as const

/** Asks the registers now. What one no longer has is ended; where one is silent, nothing is derived and nothing ended. */
export async function derive(room: MandateRoom, account: string): Promise<Derived> {
  const number = await nationalNumber(room, account)
  if (number === undefined) return { mandates: [], silent: [] }
  const known = await room.records.heldBy(room.pool, account)
  const found = await Promise.all(
    derivedSources.map((source) =>
      deriveFrom(room, { account, number, source, known: known.filter((one) => one.source === source) }),
    ),
  )
  return {
    mandates: found.flatMap((one) => one ?? []),
    silent: derivedSources.flatMap((source, at) =>
      found[at] ? [] : [{ source, name: registerOf(room, source).name }],
    ),
  }
}

export function registerOf({ country }: MandateRoom, source: 'company' | 'child') {
  return source === 'company' ? country.registers.company : country.registers.population
}

interface Question {
  readonly account: string
  readonly number: string
  readonly source: 'company' | 'child'
  readonly known: readonly MandateRecord[]
}

async function deriveFrom(room: MandateRoom, question: Question): Promise<Mandate[] | undefined> {
  const { account, number, source, known } = question
  const named = known.flatMap(({ content }) => content.number ?? [])
  const authorities = await room.sources[source].of(number, named).catch((error: unknown) => {
    if (!isMandateProblem(error, 'mandate-register-silent')) throw error
    room.log.warn({ source, error: error.cause }, 'a register of mandates is silent')
    return undefined
  })
  if (authorities === undefined) return undefined
  const held = new Set(authorities.map((authority) => authority.number))
  for (const record of known) {
    if (!held.has(record.content.number ?? '')) await endByRegister(room, record)
  }
  const mandates: Mandate[] = []
  for (const authority of authorities) {
    const record = await ensureRecord(room, account, authority)
    mandates.push(mandateOf(record, authority, number))
  }
  return mandates
}

/** The mandate as the register has it now. */
export function mandateOf(record: MandateRecord, authority: Authority, holder: string): Mandate {
  const { name, scopes, till, members, words } = authority
  return {
    ...record,
    name,
    scopes,
    ...(till === undefined ? {} : { till }),
    others: members.filter((member) => member.number !== holder).map((member) => member.name),
    ...(words === undefined ? {} : { condition: words }),
  }
}

/** The row of what a register says, made where it is not there yet. */
export async function ensureRecord(
  room: MandateRoom,
  holder: string,
  authority: Authority,
): Promise<MandateRecord> {
  const { source, number } = authority
  const key = { holder, source, subjectHash: numberHash(room, number) }
  const there = await room.records.derived(room.pool, key)
  if (there) return there
  return await inTransaction(room.pool, async (client) => {
    await serialize(client, `derive ${holder}`)
    return (await room.records.derived(client, key)) ?? (await insertRecord(room, client, key, authority))
  })
}

async function insertRecord(
  room: MandateRoom,
  client: PoolClient,
  key: { holder: string; source: 'company' | 'child'; subjectHash: Buffer },
  { number, name, scopes, till }: Authority,
): Promise<MandateRecord> {
  const now = room.clock()
  const mandate = {
    ...key,
    id: uuidv7(now),
    content: { number, name, scopes: scopes.map(({ code }) => code), limits: {} },
    from: now,
    ...(till === undefined ? {} : { till }),
    status: await room.statuses.allocate(client, { account: key.holder, kind: 'mandate' }),
    createdAt: now,
  }
  await room.records.insert(client, mandate)
  const own = { thBy: 'คุณ', enBy: 'You' }
  const detail = { mandate: mandate.id, source: key.source, th: name.th, en: name.en, ...own }
  await record(room, client, { kind: 'mandate-begun', accounts: [key.holder], detail })
  return { ...mandate, suspended: false }
}

/** The register no longer has it: gateways learn so at once, and the person is told. */
export async function endByRegister(room: MandateRoom, mandate: MandateRecord): Promise<void> {
  await inTransaction(room.pool, async (client) => {
    await holdAccounts(client, [mandate.holder])
    if (!(await room.records.end(client, mandate.id, 'register', room.clock()))) return
    await room.statuses.set(client, mandate.status, 'withdrawn')
    const { name } = mandate.content
    const detail = { mandate: mandate.id, source: mandate.source, th: name.th, en: name.en }
    await record(room, client, { kind: 'mandate-ended', accounts: [mandate.holder], detail })
    await notify(room, client, {
      account: mandate.holder,
      title: { th: 'อำนาจทำการแทนสิ้นสุดแล้ว', en: 'A mandate has ended' },
      body: {
        th: `ตามทะเบียน คุณไม่มีอำนาจทำการแทน ${name.th} แล้ว`,
        en: `By the register, you no longer act for ${name.en}.`,
      },
    })
  })
}
