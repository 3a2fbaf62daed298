import { expect } from 'vitest'
import { type FaultAgency, type FaultCountry, startFaultCountry } from './country.ts'
import { type Acknowledged, Load } from './load.ts'

export interface Victim {
  readonly name: string
  strike(): Promise<void>
}

export function victims({ rd, dopa }: FaultCountry): Victim[] {
  const gateway = (name: string, agency: FaultAgency): Victim => ({
    name: `${name}'s gateway`,
    strike: async () => {
      await agency.gateway.end('SIGKILL')
      await agency.gateway.start()
    },
  })
  const postgres = (name: string, agency: FaultAgency): Victim => ({
    name: `${name}'s PostgreSQL`,
    strike: async () => {
      process.kill(agency.postgres.pid, 'SIGKILL')
    },
  })
  return [gateway('RD', rd), gateway('DOPA', dopa), postgres('RD', rd), postgres('DOPA', dopa)]
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/**
 * Kills a gateway or a PostgreSQL at a random moment under load, again and again, and then holds the evidence of both
 * sides against what the callers were answered. Everything lies in `folder`.
 */
export async function survivesKills(
  rounds: number,
  folder: string,
): Promise<{ acknowledged: number; outcomes: object }> {
  const country = await startFaultCountry(folder)
  try {
    const load = new Load(country.rd.edge)
    load.start(8)
    await untilMore(load, 0, 'nobody')
    const all = victims(country)
    for (let round = 0; round < rounds; round++) {
      await pause(300 + Math.random() * 1_500)
      const victim = all[round % all.length]
      await victim?.strike()
      const before = load.acknowledged.length
      await untilMore(load, before, victim?.name ?? '')
    }
    await untilMore(load, load.acknowledged.length + 50, 'the last')
    await load.stop()
    await holdEvidence(country, load)
    return { acknowledged: load.acknowledged.length, outcomes: Object.fromEntries(load.outcomes) }
  } finally {
    await country.stop()
  }
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

async function holdEvidence(country: FaultCountry, load: Load): Promise<void> {
  for (const [key, times] of country.carriedOut) expect(times, `changes with key ${key}`).toBe(1)
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
