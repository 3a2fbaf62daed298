import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Face, openIssuer } from '../src/identity/issuer.ts'
import { operatorHouse } from './operator-house.ts'

let opened: Awaited<ReturnType<typeof operatorHouse>>
let issuer: Face
let server: Server
/** Of those that asked: what each was counted as. */
const counted: string[] = []

beforeAll(async () => {
  opened = await operatorHouse()
  const { house } = opened
  const { admission } = house.rooms
  const rooms = {
    ...house.rooms,
    admission: {
      ...admission,
      admit: async (...[door, asker]: Parameters<typeof admission.admit>) => {
        counted.push(`${door} ${asker.address}`)
        await admission.admit(door, asker)
      },
    },
  }
  issuer = await openIssuer({ ...house, rooms })
  server = createServer(issuer.handler).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
}, 60_000)
afterAll(async () => {
  await new Promise((resolve) => server?.close(resolve))
  await issuer?.close()
  await opened?.close()
})

const start = (method: string, from: string) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/oidc/authorize?client_id=none`, {
    method,
    redirect: 'manual',
    headers: { 'x-forwarded-for': from, 'accept-language': 'en' },
  })

describe('a sign-in begins', () => {
  it.each(['GET', 'HEAD'])(
    'after it was counted, by the address that the proxy tells: %s',
    async (method) => {
      counted.length = 0
      const answer = await start(method, '203.0.113.77')
      expect(answer.status).toBe(400)
      expect(counted).toEqual(['start 203.0.113.77'])
    },
  )

  it('by an address that no proxy of ours told where a stranger wrote one before', async () => {
    counted.length = 0
    await start('GET', '198.51.100.1, 203.0.113.78')
    expect(counted).toEqual(['start 203.0.113.78'])
  })

  it('not, where its network has begun too many: the page says when it goes on', async () => {
    await start('GET', '203.0.113.79')
    await opened.house.ground.pool.query(
      `update identity.admission set full_at = now() + interval '60 seconds'`,
    )
    const answer = await start('GET', '203.0.113.79')
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await answer.text()).toContain('Your network or device has asked for this too often')
    expect((await start('GET', '203.0.113.80')).status).toBe(400)
  })
})
