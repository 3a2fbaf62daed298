import { expect } from 'vitest'
import { type FaultAgency, type FaultCountry, startFaultCountry } from './country.ts'
import { EventLoad } from './event-load.ts'
import { type Acknowledged, Load } from './load.ts'
import { MessageLoad } from './message-load.ts'
import type { OwnSystem } from './own-system.ts'
import { strokes, victims } from './victims.ts'

export interface Survived {
  /** Exchanges to which a caller was given an answer. */
  readonly acknowledged: number
  /** Messages that their sender was told are kept. */
  readonly kept: number
  readonly handedOnMoreThanOnce: number
  /** Outcomes of which the sender's own system was told, and events that it was handed, each time. */
  readonly told: number
  /** Events that their publisher was told are kept. */
  readonly published: number
  readonly handed: number
  /** Exchanges that were still one-sided a minute after the last, and were settled then. */
  readonly settledAtTheEnd: number
  readonly outcomes: object
  readonly kills: Readonly<Record<string, number>>
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/**
 * Kills processes at random moments under load and with messages waiting, again and again, and then holds what callers,
 * senders and the register know against the evidence of both sides. Everything lies in `folder`.
 */
export async function survivesKills(rounds: number, folder: string): Promise<Survived> {
  const country = await startFaultCountry(folder)
  try {
    const load = new Load(country.rd.edge)
    const messages = new MessageLoad(country.rd.edge)
    const events = new EventLoad(country.dopa.edge)
    load.start(8)
    events.start()
    messages.start(12)
    await untilMore(load, 0, 'nobody')
    const kills = await killUnder(load, country, rounds)
    await untilMore(load, load.acknowledged.length + 50, 'the last')
    await Promise.all([load.stop(), messages.stop(), events.stop()])
    await allAccepted(messages)
    const handedOnMoreThanOnce = holdMessages(country, messages)
    await holdTold(country.ownSystem, messages, events)
    const settledAtTheEnd = await settleAll(country)
    await holdEvidence(country, load)
    return {
      acknowledged: load.acknowledged.length,
      kept: messages.kept.length,
      handedOnMoreThanOnce,
      told: country.ownSystem.told.length,
      published: events.kept.length,
      handed: country.ownSystem.handed.length,
      settledAtTheEnd,
      outcomes: Object.fromEntries(load.outcomes),
      kills,
    }
  } finally {
    await country.stop()
  }
}

async function killUnder(load: Load, country: FaultCountry, rounds: number): Promise<Record<string, number>> {
  const kills: Record<string, number> = {}
  for (const struck of strokes(victims(country), rounds)) {
    await pause(300 + Math.random() * 1_500)
    await Promise.all(struck.map((victim) => victim.strike()))
    for (const { name } of struck) kills[name] = (kills[name] ?? 0) + 1
    await untilMore(load, load.acknowledged.length, struck.map(({ name }) => name).join(' and '))
  }
  return kills
}

/** Service resumes by itself: answers come again without anyone's help. */
async function untilMore(load: Load, before: number, victim: string): Promise<void> {
  const deadline = Date.now() + 60_000
  while (load.acknowledged.length < before + 5) {
    if (Date.now() > deadline) {
      throw new Error(`no answers after ${victim} was killed: ${JSON.stringify([...load.outcomes])}`)
    }
    await pause(50)
  }
}

/** Waits for as long as there is progress: what was kept meanwhile is delivered in its order. */
async function allAccepted(messages: MessageLoad): Promise<void> {
  let [accepted, moved] = [0, Date.now()]
  const left = messages.kept.values()
  const look = async () => {
    for (const { message, key, n } of left) {
      let state = await messages.stateOf(message).catch(() => 'no answer')
      while (state !== 'accepted') {
        if (Date.now() > moved + 120_000)
          throw new Error(`${key} ${n} is ${state}; ${accepted} of ${messages.kept.length} are accepted`)
        await pause(200)
        state = await messages.stateOf(message).catch(() => 'no answer')
      }
      accepted++
      moved = Date.now()
    }
  }
  await Promise.all(Array.from({ length: 8 }, look))
}

/** Each has one effect, and each row its order. Gives how many came more than once. */
function holdMessages({ register }: FaultCountry, { kept }: MessageLoad): number {
  const { order, times } = register.done()
  const effects = new Set(order.map(({ message }) => message))
  expect(kept.filter(({ message }) => !effects.has(message))).toEqual([])
  expect(order).toHaveLength(effects.size)
  for (const key of new Set(kept.map((one) => one.key))) {
    const row = order.filter((one) => one.key === key).map(({ n }) => n)
    expect(row, `the order of ${key}`).toEqual([...row.keys()])
  }
  return [...times.values()].filter((count) => count > 1).length
}

/** Of each message the sender's own system is told, and each event is handed to it, in order but for repetitions. */
async function holdTold(system: OwnSystem, { kept }: MessageLoad, events: EventLoad): Promise<void> {
  const deadline = Date.now() + 120_000
  const toldOf = () => new Set(system.told)
  const handed = () => new Set(system.handed)
  while (toldOf().size < kept.length || handed().size < events.kept.length) {
    if (Date.now() > deadline) break
    await pause(200)
  }
  expect([...handed()]).toEqual(events.kept)
  const rows = new Map(kept.map(({ message, key, n }) => [message, { key, n }]))
  const told = [...toldOf()].map((message) => rows.get(message))
  for (const key of new Set(kept.map((one) => one.key))) {
    const row = told.filter((one) => one?.key === key).map((one) => one?.n)
    expect(row, `what was told of ${key}`).toEqual(kept.filter((one) => one.key === key).map(({ n }) => n))
  }
}

/** Reconciles both sides until nothing is left one-sided; none of it stays open. Gives how many there were. */
async function settleAll({ rd, dopa }: FaultCountry): Promise<number> {
  // A missing answer is looked into a minute after its request.
  await pause(61_000)
  let count = 0
  for (const agency of [dopa, rd]) {
    const admin = await agency.admin()
    for (let left = -1; left !== 0; ) {
      const { settled } = (await admin.json('POST', '/v1/reconcile')) as {
        settled: { problem: string | null }[]
      }
      expect(settled.filter(({ problem }) => problem === null)).toEqual([])
      left = settled.length
      count += left
    }
  }
  return count
}

async function holdEvidence(country: FaultCountry, load: Load): Promise<void> {
  const { carriedOut } = country.register.done()
  for (const [key, times] of carriedOut) expect(times, `changes with key ${key}`).toBe(1)
  expect(load.acknowledged.filter(({ key }) => key !== null && !carriedOut.has(key))).toEqual([])
  await Promise.all([country.rd, country.dopa].map((agency) => holdEvidenceOf(agency, load.acknowledged)))
}

async function holdEvidenceOf(agency: FaultAgency, acknowledged: readonly Acknowledged[]): Promise<void> {
  const missing = await missingEvidence(agency, acknowledged)
  expect(missing, `acknowledged exchanges without evidence at ${agency.member}`).toEqual([])
  const report = await audit(agency)
  expect(report, `audit of ${agency.member}`).toMatchObject({ sound: true, findings: [] })
}

async function missingEvidence(
  agency: FaultAgency,
  acknowledged: readonly Acknowledged[],
): Promise<string[]> {
  const admin = await agency.admin()
  const missing: string[] = []
  const left = acknowledged.values()
  const look = async () => {
    for (const { exchange } of left) {
      const view = await admin.json('GET', `/v1/evidence/${exchange}`).catch(() => undefined)
      const records = (view as { records?: { kind: string }[] } | undefined)?.records ?? []
      const kinds = records.map(({ kind }) => kind).sort()
      if (kinds.join() !== 'answer,request') missing.push(`${exchange}: ${kinds.join() || 'nothing'}`)
    }
  }
  await Promise.all([look(), look(), look(), look()])
  return missing
}

async function audit(agency: FaultAgency): Promise<unknown> {
  const admin = await agency.admin()
  const answer = await admin.raw('POST', '/v1/audit', {
    body: JSON.stringify({ member: agency.member }),
    headers: { 'content-type': 'application/json' },
  })
  const lines = answer.body.toString('utf8').trim().split('\n')
  return JSON.parse(lines.at(-1) ?? '{}').report
}
