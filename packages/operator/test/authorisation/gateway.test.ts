import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { service } from '../../../exchange/test/gateway/agencies.ts'
import { TestVisitor } from '../../../identity/test/relying-party/visitor.ts'
import { gatewayRoutes } from '../../src/gateway/routes.ts'
import { isLoopback } from '../../src/sign-in/routes.ts'
import { type OperatorHouse, openOperatorHouse } from '../operator-house.ts'

/** Whatever is sent, and who may: who may change what is their members', who may open what was said, or the gateway's own operator alone. */
const sent = [
  ['POST /operator/exchanges/:exchange/opening', 'open'],
  ['POST /operator/grants', 'change'],
  ['POST /operator/grants/:hash/end', 'change'],
  ['POST /operator/services', 'change'],
  ['POST /operator/services/:service/end', 'change'],
  ['POST /operator/credentials', 'change'],
  ['POST /operator/credentials/:credential/end', 'change'],
  ['POST /operator/credentials/gdx/:consumer/end', 'change'],
  ['POST /operator/messages/:number/opening', 'open'],
  ['POST /operator/messages/:number/resend', 'change'],
  ['POST /operator/messages/:number/drop', 'change'],
  ['POST /operator/operators', 'whole'],
  ['POST /operator/operators/:operator/end', 'whole'],
  ['POST /operator/certificates/renew', 'whole'],
] as const

/** Pages that only lead to what the looker may not. */
const forms = [
  '/operator/exchanges/x/opening',
  '/operator/messages/1/opening',
  `/operator/grants/new?${new URLSearchParams({ service })}`,
  '/operator/grants/x/end',
  '/operator/operators',
  '/operator/operators/new',
  '/operator/services/new',
  '/operator/services/x/end',
  '/operator/credentials/new',
]

let house: OperatorHouse
let looker: TestVisitor
let changer: TestVisitor

beforeAll(async () => {
  house = await openOperatorHouse()
  looker = await signedInAs('look')
  changer = await signedInAs('change')
})
afterAll(() => house?.stop())

async function signedInAs(role: 'look' | 'change'): Promise<TestVisitor> {
  const wanted = { name: role, members: [house.country.dopa.member], role }
  const { token } = await house.country.dopa.operator('POST', '/v1/operators', wanted)
  return house.signedIn(String(token))
}

/** A form sent with a key that is good for this visitor. */
async function send(visitor: TestVisitor, action: string, headers: Record<string, string> = {}) {
  const path = (action.split(' ')[1] ?? '').replace(/:\w+/, '1')
  const { text } = await house.page(visitor, '/operator/sign-in/x')
  const key = /name="form-key" value="([^"]+)"/.exec(text)?.[1] ?? ''
  return visitor.fetch(`${house.origin}${path}`, {
    method: 'POST',
    body: new URLSearchParams({ 'form-key': key }),
    headers: { origin: house.origin, ...headers },
  })
}

it('names every form of the gateway’s pages', () => {
  const options = {} as Parameters<typeof gatewayRoutes>[0]
  const posts = gatewayRoutes(options).flatMap(({ method, path }) =>
    method === 'POST' ? [`POST ${path}`] : [],
  )
  expect(posts.sort()).toEqual(sent.map(([action]) => action).sort())
})

describe.each(sent)('%s', (action, needs) => {
  it('nobody: is sent to sign in', async () => {
    const answer = await send(new TestVisitor(), action)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/operator/sign-in'])
  })

  it('who may only look: 403', async () => {
    expect((await send(looker, action)).status).toBe(403)
  })

  it(`who may change what is their members’: ${needs === 'change' ? 'is let through' : '403'}`, async () => {
    const { status } = await send(changer, action)
    if (needs === 'change') expect(status).not.toBe(403)
    else expect(status).toBe(403)
  })

  it('from another site’s page: 403, whoever it is', async () => {
    expect((await send(changer, action, { origin: 'http://elsewhere.example' })).status).toBe(403)
  })
})

describe('who may only look', () => {
  it.each(forms)('does not reach %s', async (path) => {
    expect((await house.page(looker, path)).status).toBe(403)
  })

  it('is shown no way to change anything', async () => {
    const paths = [
      '/operator/certificates',
      '/operator/credentials',
      '/operator/credentials/gdx',
      `/operator/services/${encodeURIComponent(service)}`,
    ]
    for (const path of [...paths, `/operator/grants/${house.country.grant}`]) {
      const { status, text } = await house.page(looker, path)
      expect(status).toBe(200)
      expect(text).not.toMatch(/\/new|\/end|\/renew/)
    }
  })
})

it('POST /operator/exchanges/:exchange/opening: who may open what was said is let through, whatever they may change', async () => {
  const { dopa } = house.country
  const wanted = { name: 'opener', members: [dopa.member], role: 'look', opens: true }
  const { token } = await dopa.operator('POST', '/v1/operators', wanted)
  const opener = await house.signedIn(String(token))
  expect((await send(opener, 'POST /operator/exchanges/x/opening')).status).not.toBe(403)
  expect((await send(opener, 'POST /operator/grants')).status).toBe(403)
})

it('ends with the token: whose operator was taken back is signed out', async () => {
  const { dopa } = house.country
  const { token, id } = await dopa.operator('POST', '/v1/operators', {
    name: 'short',
    members: [dopa.member],
    role: 'look',
  })
  const visitor = await house.signedIn(String(token))
  expect((await house.page(visitor, '/operator')).status).toBe(200)
  await dopa.operator('DELETE', `/v1/operators/${id}`)
  expect((await house.page(visitor, '/operator')).at.pathname).toBe('/operator/sign-in')
})

it('a link is taken on the machine itself alone', () => {
  const places = [
    '127.0.0.1',
    '::1',
    '::ffff:127.0.0.1',
    '10.0.0.1',
    '::ffff:10.0.0.1',
    '127.evil.example',
    '',
  ]
  expect(places.map(isLoopback)).toEqual([true, true, true, false, false, false, false])
})
