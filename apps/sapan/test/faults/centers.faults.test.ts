import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { joinGateway } from '@sapan/exchange'
import { KeyFolder } from '@sapan/trust'
import { expect, it } from 'vitest'
import type { AdminClient } from '../../src/clients/admin.ts'
import { type FaultCenter, type FaultCountry, service, startFaultCountry } from './country.ts'
import { DirectoryWatch, versionAtCenter, versionAtGateway } from './directory-watch.ts'
import { Load, untilAnswered } from './load.ts'

const rounds = Number(process.env.SAPAN_FAULT_ROUNDS ?? 6)

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

it(`one of two centers is killed ${rounds} times under load: no call is lost, what members and operators want of a center goes on at the other, no directory goes back`, {
  timeout: 300_000 + rounds * 60_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sapan-centers-'))
  const country = await startFaultCountry(folder, { centers: 2 })
  const admins = await Promise.all([country.rd.admin(), country.dopa.admin()])
  const watch = new DirectoryWatch([
    ...admins.map((admin, n) => ({ name: `gateway ${n + 1}`, version: () => versionAtGateway(admin) })),
    ...country.centers.map(({ operator }, n) => ({
      name: `center ${n + 1}`,
      version: () => versionAtCenter(operator),
    })),
  ])
  const load = new Load(country.rd.edge)
  try {
    await untilAnswered(country.rd.edge)
    load.start(4)
    for (let round = 0; round < rounds; round++) await surviveKill(country, admins, folder, round)
    await load.stop()
    console.log(
      JSON.stringify({ rounds, acknowledged: load.acknowledged.length, outcomes: [...load.outcomes] }),
    )
    expect([...load.outcomes.keys()]).toEqual(['200'])
    expect(load.acknowledged.length).toBeGreaterThan(rounds * 5)
    await watch.stop()
    expect(watch.wentBack).toEqual([])
  } finally {
    await load.stop()
    await watch.stop()
    await country.stop()
    await rm(folder, { recursive: true, force: true })
  }
})

/** Kills one center, each in turn, has everything done at the other, and starts it again. */
async function surviveKill(
  country: FaultCountry,
  admins: readonly AdminClient[],
  folder: string,
  round: number,
): Promise<void> {
  const [killed, left] = round % 2 === 0 ? country.centers : country.centers.toReversed()
  if (!killed || !left) throw new Error('two centers are needed')
  await pause(Math.random() * 1_000)
  await killed.process.end('SIGKILL')
  const before = await versionAtCenter(left.operator)
  const consumer = await joinAt(left, `NEW${round}`, join(folder, `joined-${round}`))
  for (const admin of admins) await again(() => admin.json('POST', '/v1/certificates/renew'))
  const [, dopa] = admins
  await again(() => dopa?.json('POST', '/v1/grants', grantTo(consumer)))
  const after = await versionAtCenter(left.operator)
  // A member, its subsystem, its gateway, two renewals and a grant.
  expect(after).toBeGreaterThanOrEqual(before + 4)
  for (const admin of admins) {
    await expect.poll(() => versionAtGateway(admin), { timeout: 30_000 }).toBeGreaterThanOrEqual(after)
  }
  await killed.process.start()
  expect(await versionAtCenter(killed.operator)).toBeGreaterThanOrEqual(after)
}

/** A new member's gateway joins through this center; gives the member's subsystem. */
async function joinAt({ operator, url }: FaultCenter, code: string, keys: string): Promise<string> {
  const member = `TH/GOV/${code}`
  await operator.json('POST', '/v1/members', { class: 'GOV', code, name: { th: code, en: code } })
  await operator.json('POST', '/v1/subsystems', { id: `${member}/main`, name: { th: 'main', en: 'main' } })
  const wanted = { gateway: `${member}/gateway-1`, members: [member] }
  const { token } = (await operator.json('POST', '/v1/tokens', wanted)) as { token: string }
  const peerAddress = 'https://127.0.0.1:1'
  await joinGateway({ token, keys: new KeyFolder(keys), peerAddress, centerUrl: url, clock: Date.now })
  return `${member}/main`
}

const grantTo = (consumer: string) => ({
  consumer,
  service,
  operations: { getPerson: { fields: ['nationalId'], query: [] } },
  purpose: 'tax-assessment',
  law: { act: { th: 'ประมวลรัษฎากร', en: 'Revenue Code' }, section: 'ม. 19' },
  expires: '2099-01-01T00:00:00Z',
})

/** What was under way when the center died may have counted: its operator gives the command once more. */
async function again(command: () => Promise<unknown> | undefined): Promise<void> {
  try {
    await command()
  } catch (error) {
    if (!String(error).includes('center-unreachable')) throw error
    await command()
  }
}
