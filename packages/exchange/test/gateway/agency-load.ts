import { expect } from 'vitest'
import type { Country } from './agencies.ts'
import { somebody } from './register.ts'

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Callers of RD's system that ask and change until they are told to stop. */
export interface AgencyLoad {
  /** The exchanges that were answered with 200, and those of them that changed something. */
  readonly acknowledged: string[]
  readonly changed: string[]
  /** How often each status was answered. */
  readonly statuses: Map<number, number>
  stop(): Promise<void>
}

/** Every other one of the callers asks, the others change. */
export function startAgencyLoad(country: Country, callers: number): AgencyLoad {
  const acknowledged: string[] = []
  const changed: string[] = []
  const statuses = new Map<number, number>()
  let isOver = false
  const caller = async (n: number) => {
    while (!isOver) {
      const init = n % 2 === 0 ? {} : { method: 'PUT', body: '{}' }
      const answer = await country.ask(`/persons/${somebody}`, init)
      await answer.arrayBuffer()
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      const exchange = answer.headers.get('sapan-exchange') ?? ''
      if (answer.status === 200) acknowledged.push(exchange)
      if (answer.status === 200 && n % 2 === 1) changed.push(exchange)
      if (answer.status !== 200) await pause(20)
    }
  }
  const all = Promise.all(Array.from({ length: callers }, (_, n) => caller(n)))
  return {
    acknowledged,
    changed,
    statuses,
    stop: async () => {
      isOver = true
      await all
    },
  }
}

/**
 * Every exchange that was answered has request and answer in the evidence of both sides; every change that was answered was
 * carried out, and none twice; reconciling leaves nothing one-sided; the logs of `audited` are sound.
 */
export async function expectProven(
  country: Country,
  load: AgencyLoad,
  audited: readonly Country['rd'][],
): Promise<void> {
  const waiting = [...load.acknowledged]
  const look = async () => {
    for (let exchange = waiting.pop(); exchange !== undefined; exchange = waiting.pop()) {
      expect(await keptOf(country.rd, exchange)).toEqual(['answer', 'request'])
      expect(await keptOf(country.dopa, exchange)).toEqual(['answer', 'request'])
    }
  }
  await Promise.all(Array.from({ length: 8 }, look))
  const carriedOut = changesAt(country)
  expect(new Set(carriedOut).size).toBe(carriedOut.length)
  expect(new Set(load.changed).difference(new Set(carriedOut))).toEqual(new Set())
  // A missing answer is looked into a minute after its request.
  await pause(61_000)
  for (const agency of [country.dopa, country.rd]) await reconciled(agency)
  for (const agency of audited) expect(await audit(agency)).toMatchObject({ sound: true, findings: [] })
}

async function keptOf({ operator }: Country['rd'], exchange: string): Promise<string[]> {
  const { records } = await operator('GET', `/v1/evidence/${exchange}`)
  return (records as { kind: string }[]).map(({ kind }) => kind).sort()
}

/** The exchanges whose change the register was asked for, as often as it was. */
function changesAt({ register }: Country): string[] {
  return register.asked
    .filter(({ method }) => method === 'PUT')
    .map(({ headers }) => String(headers['sapan-exchange']))
}

/** What was left one-sided is settled, until nothing is. */
async function reconciled({ operator }: Country['rd']): Promise<void> {
  await expect
    .poll(async () => (await operator('POST', '/v1/reconcile')).settled, { timeout: 60_000, interval: 1_000 })
    .toEqual([])
}

async function audit({ admin, adminToken, member }: Country['rd']): Promise<unknown> {
  const answer = await fetch(`${admin}/v1/audit`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ member }),
  })
  return JSON.parse((await answer.text()).trim().split('\n').at(-1) ?? '{}').report
}
