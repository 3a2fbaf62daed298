import { tmpdir } from 'node:os'
import { expect, it } from 'vitest'
import { type FaultCountry, startFaultCountry } from './country.ts'
import { victims } from './kill-rounds.ts'
import { MessageLoad } from './message-load.ts'

const rounds = Number(process.env.SAPAN_FAULT_ROUNDS ?? 24)
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

it(`delivers every acknowledged message, in order and once in effect, through ${rounds} kills`, async () => {
  const country = await startFaultCountry(tmpdir())
  try {
    const load = new MessageLoad(country.rd.edge)
    load.start(12)
    const all = victims(country)
    for (let round = 0; round < rounds; round++) {
      await pause(300 + Math.random() * 1_500)
      await all[round % all.length]?.strike()
    }
    await load.stop()
    await allAccepted(load)
    holdAgainst(country, load)
  } finally {
    await country.stop()
  }
})

async function allAccepted(load: MessageLoad): Promise<void> {
  const deadline = Date.now() + 300_000
  for (const { message } of load.kept) {
    for (let state = ''; state !== 'accepted'; ) {
      state = await load.stateOf(message).catch(() => 'no answer')
      if (Date.now() > deadline) throw new Error(`a message is still ${state}`)
      if (state !== 'accepted') await pause(200)
    }
  }
}

function holdAgainst({ taken }: FaultCountry, { kept }: MessageLoad): void {
  const repeated = [...taken.times.values()].filter((times) => times > 1).length
  console.log(JSON.stringify({ rounds, kept: kept.length, handedOnMoreThanOnce: repeated }))
  expect(kept.length).toBeGreaterThan(rounds * 5)
  const effects = new Set(taken.order.map(({ message }) => message))
  expect(kept.filter(({ message }) => !effects.has(message))).toEqual([])
  expect(taken.order).toHaveLength(effects.size)
  for (const key of new Set(kept.map((one) => one.key))) {
    const row = taken.order.filter((one) => one.key === key).map(({ n }) => n)
    expect(row, `the order of ${key}`).toEqual([...row.keys()])
  }
}
