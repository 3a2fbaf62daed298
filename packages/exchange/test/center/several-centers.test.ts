import type { RequestListener } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../kernel/test/database.ts'
import { ServiceAgent } from '../../src/gateway/transport/service-agent.ts'
import {
  type Center,
  type CenterConnection,
  connectCenters,
  createDirectoryClient,
  createDirectoryStore,
  migrateDirectory,
  publishGrants,
  readDirectory,
} from '../../src/index.ts'
import { CenterAddresses } from '../../src/membership/center-addresses.ts'
import { close } from '../gateway/closing.ts'
import { quiet, refusal, startCenter, type TestCenter, type TestGateway, testClock } from './fixture.ts'

let home: TestCenter
let standby: Center
let gateway: TestGateway
const open: { close(): Promise<unknown> }[] = []

beforeAll(async () => {
  const both = { publicUrl: 'https://127.0.0.1:4000', alsoAt: ['https://localhost:4001'] }
  home = await startCenter(both, undefined, testClock(Date.now()))
  standby = await home.standby()
  await standby.start()
  gateway = await home.join('TH/GOV/DOPA')
})
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})
afterAll(() => home.close())

/** A center at a port of its own; `listener` in place of what it would answer. */
async function listening(
  center: Center,
  host = '127.0.0.1',
  listener: RequestListener = center.publicHandler,
) {
  const server: Server = createServer(center.tls(), listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = () => close(server)
  open.push({ close: stop })
  return { url: `https://${host}:${(server.address() as AddressInfo).port}`, stop }
}

function connected(url: string, ...alsoAt: string[]) {
  const { rootFingerprint } = home.center
  const connection = connectCenters({ url, alsoAt, rootFingerprint, timeoutSeconds: 2 })
  open.push(connection)
  return connection
}

const nobody = 'https://127.0.0.1:1'
const directory = { method: 'GET', path: '/v1/directory' } as const
const grants = (last: string) => ({ publish: [last.padStart(64, '0')] })

test('each center’s certificate is for the addresses of all', async () => {
  const [one, two] = [await listening(home.center), await listening(standby, 'localhost')]
  for (const { url } of [one, two]) {
    expect((await connected(url).request(directory)).status).toBe(200)
  }
})

test('when the center that was asked is gone, the other one goes on: same directory, next version', async () => {
  const [one, two] = [await listening(home.center), await listening(standby, 'localhost')]
  const center = connected(one.url, two.url)
  const read = async () => readDirectory((await center.request(directory)).body, home.center.rootFingerprint)
  const before = await read()
  await one.stop()
  expect(await read()).toEqual(before)
  await publishGrants({ ...gateway.speaker('TH/GOV/DOPA'), center }, grants('a1'))
  const after = await read()
  expect(after.version).toBe(before.version + 1)
  expect(after.grants).toEqual([{ provider: 'TH/GOV/DOPA', hashes: ['a1'.padStart(64, '0')] }])
})

test('a statement goes on to the next center where the first was not reached', async () => {
  const two = await listening(standby)
  const center = connected(nobody, two.url)
  await publishGrants({ ...gateway.speaker('TH/GOV/DOPA'), center }, grants('b2'))
})

test('one whose answer is lost is not sent twice: it counts, and the next one goes elsewhere', async () => {
  const handle = home.center.publicHandler
  const dying = await listening(home.center, '127.0.0.1', (request, response) => {
    response.end = () => response.destroy() as never
    handle(request, response)
  })
  const two = await listening(standby)
  const center = connected(dying.url, two.url)
  const speaker = { ...gateway.speaker('TH/GOV/DOPA'), center }
  expect(await refusal(publishGrants(speaker, grants('c3')))).toBe('center-unreachable')
  await publishGrants(speaker, grants('c3'))
})

test('an impostor at one address does not keep the other from answering', async () => {
  const foreign = await startCenter({ publicUrl: 'https://127.0.0.1:4000' }, undefined, testClock(Date.now()))
  const [one, two] = [await listening(foreign.center), await listening(standby)]
  expect((await connected(one.url, two.url).request(directory)).status).toBe(200)
  await foreign.close()
})

test('a center in trouble is passed over; where all are, the operator is told what one of them said', async () => {
  const ill = await listening(home.center, '127.0.0.1', (_request, response) => {
    response.writeHead(503).end()
  })
  const two = await listening(standby)
  expect((await connected(ill.url, two.url).request(directory)).status).toBe(200)
  expect((await connected(ill.url, nobody).request(directory)).status).toBe(503)
  expect(await refusal(connected(nobody, nobody).request(directory))).toBe('center-unreachable')
})

test('witness and time-stamps that the directory names at one center are asked of the other', async () => {
  const [one, two] = [await listening(home.center), await listening(standby)]
  const addresses = new CenterAddresses([`${one.url}/`, two.url])
  const agent = new ServiceAgent(async () => gateway.credentials.root, addresses)
  open.push(agent)
  const ask = async (url: string) => (await agent.get(url, AbortSignal.timeout(2_000))).status
  await one.stop()
  expect(await ask(`${one.url}/witness/checkpoint?origin=nothing`)).toBe(204)
  expect(addresses.inOrder()).toEqual([two.url, one.url])
  await expect(ask(`${nobody}/witness/checkpoint?origin=nothing`)).rejects.toThrow()
  expect(addresses.inOrder()).toEqual([two.url, one.url])
})

test('a center that shows an older directory, or garbage, is asked after the others from then on', async () => {
  const database = await testDatabase()
  open.push({ close: () => database.drop() })
  await migrateDirectory(database.pool)
  const follow = (center: CenterConnection) =>
    createDirectoryClient({
      ...{ center, rootFingerprint: home.center.rootFingerprint, instance: 'TH', log: quiet },
      ...{ store: createDirectoryStore(database.pool), clock: home.clock, pollSeconds: 3600 },
    })
  let shown = (await home.connection.request(directory)).body
  const setBack = await listening(home.center, '127.0.0.1', (_request, response) => {
    response.end(shown)
  })
  const two = await listening(standby)
  await publishGrants(gateway.speaker('TH/GOV/DOPA'), grants('d4'))
  const before = follow(connected(two.url))
  await before.start()
  await before.stop()
  for (const problem of ['directory-rolled-back', 'directory-invalid']) {
    const client = follow(connected(setBack.url, two.url))
    await client.start()
    expect(client.standing().problem).toBe(problem)
    await client.refresh()
    expect(client.standing().problem).toBe(null)
    await client.stop()
    shown = 'garbage'
  }
})
