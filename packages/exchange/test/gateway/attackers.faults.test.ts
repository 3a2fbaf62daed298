import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { type Country, startAgencies } from './agencies.ts'
import { expectProven, startAgencyLoad } from './agency-load.ts'
import { attacked, attacksAtEdge } from './attacks/at-edge.ts'
import { attacksAtPeers } from './attacks/at-peers.ts'
import { startAttacks } from './attacks/attack.ts'
import { alterMarked, attacksByMiddleman } from './attacks/by-middleman.ts'
import { attacksOfProvider, misbehaving } from './attacks/of-provider.ts'
import { startMiddleman } from './middleman.ts'
import { leftIn } from './spilled.ts'

const settings = { timeouts: { headers: 1 }, limits: { bodyBytes: 3_000_000, filterBytes: 1_000_000 } }

async function underAttack(country: Country, attacks: Parameters<typeof startAttacks>[0]): Promise<void> {
  const callers = startAgencyLoad(country, 16)
  const attackers = startAttacks(attacks, 6)
  await pause(20_000)
  await expect.poll(() => attackers.sent.size, { timeout: 60_000 }).toBe(attacks.length)
  await attackers.stop()
  await callers.stop()
  console.log(
    JSON.stringify({ answered: callers.acknowledged.length, attacks: Object.fromEntries(attackers.sent) }),
  )
  expect(Object.fromEntries(attackers.astonishing)).toEqual({})
  expect([...callers.statuses.keys()]).toEqual([200])
  for (const { spillDirectory } of [country.rd, country.dopa]) {
    await expect.poll(() => leftIn(spillDirectory)).toEqual([])
  }
  await expectProven(country, callers, [country.rd, country.dopa])
}

it('whatever attackers send at the edge, to the provider’s gateway or as its system, each is told what is wrong, and all others are served and proven', async () => {
  const country = await startAgencies({ rd: { settings }, dopa: { settings }, timeoutMs: 700 })
  try {
    country.register.answering = misbehaving
    await underAttack(country, [
      ...attacksAtEdge(country),
      ...attacksAtPeers(country),
      ...attacksOfProvider(country),
    ])
    expect(country.register.asked.filter(({ url }) => url.includes(attacked))).toEqual([])
  } finally {
    await country.stop()
  }
})

it('whatever somebody between the gateways does to answers, the caller is told, and all others are served and proven', async () => {
  const country = await startAgencies({ dopa: { behindMiddleman: true } })
  const middleman = await startMiddleman(country.rd, country.dopa)
  try {
    alterMarked(middleman)
    await underAttack(country, attacksByMiddleman(country))
  } finally {
    await middleman.close()
    await country.stop()
  }
})
