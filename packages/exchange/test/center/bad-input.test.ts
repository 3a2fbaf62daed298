import { registeredProblems } from '@sapan/kernel'
import { signJws } from '@sapan/trust'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openJoinToken, startCenter, type TestCenter, type TestGateway } from './fixture.ts'

let home: TestCenter
let gateway: TestGateway

beforeAll(async () => {
  home = await startCenter()
  gateway = await home.join('TH/GOV/DOPA')
})
afterAll(() => home.close())

const publicRoutes = [
  '/v1/directory',
  '/v1/join',
  '/v1/renew',
  '/v1/services',
  '/v1/grants',
  '/v1/log-keys',
  '/v1/gateway',
  '/tsa',
  '/witness/add-checkpoint',
  '/problems/x',
]
const adminRoutes = [
  '/v1/members',
  '/v1/subsystems',
  '/v1/tokens',
  '/v1/certificates/x/revoke',
  '/v1/audit?before=x',
]

/** Refused by a registered problem, or answered; never a fault of ours. */
function expectOrderly(answer: { statusCode: number; body: string; headers: Record<string, unknown> }): void {
  expect(answer.statusCode).toBeLessThan(500)
  if (
    answer.statusCode < 400 ||
    answer.body === '' ||
    !String(answer.headers['content-type']).includes('json')
  )
    return
  const document = JSON.parse(answer.body)
  expect([...registeredProblems().keys()]).toContain(document.code)
  expect(document.next.length * (document.th ?? document.en).detail.length).toBeGreaterThan(0)
}

const method = fc.constantFrom<'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH' | 'OPTIONS' | 'HEAD'>(
  ...(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'] as const),
)
const contentType = fc.constantFrom(
  'application/json',
  'application/jose',
  'application/timestamp-query',
  'text/plain',
  'application/x-www-form-urlencoded',
  'nonsense',
  'application/json; charset=utf-16',
)
const body = fc.oneof(
  fc.json(),
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom('', '{', 'null', '[]', '{"__proto__":{"x":1}}', '{"constructor":{"prototype":1}}'),
)

test.each([
  ['/v1/members', { class: 'GOV', code: 'NUL' }],
  ['/v1/subsystems', { id: 'TH/GOV/DOPA/nul' }],
])('a name that no database can keep is refused: %s', async (path, body) => {
  const { status, json } = await home.admin('POST', path, { ...body, name: { th: 'ก', en: 'a\0b' } })
  expect([status, json]).toMatchObject([422, { code: 'request-invalid' }])
})

test('whatever is sent to whichever public address is answered or refused in order', async () => {
  const url = fc.oneof(
    fc.constantFrom(...publicRoutes),
    fc.webPath(),
    fc.constantFrom('/%', '/v1/%ff', '/v1/..%2f'),
  )
  await fc.assert(
    fc.asyncProperty(method, url, contentType, body, async (verb, path, type, payload) => {
      const headers = { 'content-type': type }
      const answer = await home.center.publicApp.inject({
        method: verb,
        url: path === '' ? '/' : path,
        ...(verb === 'GET' || verb === 'HEAD' ? {} : { payload, headers }),
      })
      expectOrderly(answer)
    }),
    { numRuns: 400 },
  )
})

test('whatever an administrator sends is answered or refused in order', async () => {
  const authorization = `Bearer ${home.center.adminToken}`
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...adminRoutes), contentType, body, async (url, type, payload) => {
      const headers = { authorization, 'content-type': type }
      expectOrderly(await home.center.adminApp.inject({ method: 'POST', url, headers, payload }))
      expectOrderly(await home.center.adminApp.inject({ method: 'GET', url, headers: { authorization } }))
    }),
    { numRuns: 150 },
  )
})

/** A value with one member somewhere replaced by something else. */
function mutated(value: object): fc.Arbitrary<object> {
  const names = Object.keys(value)
  const anything = fc.anything({ withBigInt: false, maxDepth: 2 })
  return fc
    .tuple(fc.constantFrom(...names, 'more'), anything)
    .map(([name, other]) => JSON.parse(JSON.stringify({ ...value, [name]: other ?? null })))
}

test('a join request with any member replaced is answered or refused in order', async () => {
  const token = openJoinToken(await home.token('TH/GOV/DOPA/gateway-2', []))
  const request = {
    secret: token.secret,
    gateway: token.gateway,
    peer: 'https://127.0.0.1:1',
    algorithms: ['ed25519'],
    tls: '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n',
    members: [{ id: 'TH/GOV/DOPA', signing: 'x' }],
  }
  await fc.assert(
    fc.asyncProperty(mutated(request), async (payload) => {
      expectOrderly(await home.center.publicApp.inject({ method: 'POST', url: '/v1/join', payload }))
    }),
    { numRuns: 200 },
  )
})

const statements: readonly (readonly [path: string, type: string, payload: object])[] = [
  ['/v1/services', 'sapan-services+jws', { register: [], withdraw: ['TH/GOV/DOPA/x/y-v1'] }],
  ['/v1/grants', 'sapan-grants+jws', { publish: ['0'.repeat(64)], withdraw: [] }],
  ['/v1/log-keys', 'sapan-log-key+jws', { epoch: 1, origin: 'a/TH/GOV/DOPA/1', vkey: 'a+b+c' }],
  ['/v1/gateway', 'sapan-gateway+jws', { gateway: 'TH/GOV/DOPA/gateway-1', peer: 'x', algorithms: [] }],
  ['/v1/renew', 'sapan-renewal+jws', { use: 'tls', gateway: 'TH/GOV/DOPA/gateway-1', request: 'x' }],
]

test.each(statements)(
  'a signed statement to %s with any member replaced is answered or refused in order',
  async (path, type, payload) => {
    const { signer, certificate, chain } = gateway.speaker('TH/GOV/DOPA').signing
    let number = 0
    await fc.assert(
      fc.asyncProperty(
        mutated({
          ...payload,
          iat: Math.floor(home.clock() / 1000),
          jti: 'to be numbered',
          aud: home.center.rootFingerprint,
        }),
        async (changed) => {
          number += 1
          const jti =
            Reflect.get(changed, 'jti') === 'to be numbered'
              ? `${path.slice(4)}-number-${number}-000000000`
              : 1
          const jws = signJws({ ...changed, jti }, { signer, type, chain: [certificate, ...chain] })
          const headers = { 'content-type': 'application/jose' }
          expectOrderly(
            await home.center.publicApp.inject({ method: 'POST', url: path, payload: jws, headers }),
          )
        },
      ),
      { numRuns: 60 },
    )
  },
)

test.each([
  ['a class that is none', { class: 'XYZ', code: 'A' }, 'member-class-unknown'],
  ['a code with a slash', { class: 'GOV', code: 'A/B' }, 'code-malformed'],
  ['a code with a dot', { class: 'GOV', code: 'A.B' }, 'code-malformed'],
  ['an empty code', { class: 'GOV', code: '' }, 'code-malformed'],
  ['a code in Thai', { class: 'GOV', code: 'กรม' }, 'code-malformed'],
  ['a code that is too long', { class: 'GOV', code: 'A'.repeat(65) }, 'code-malformed'],
  ['a member that is there', { class: 'GOV', code: 'dopa' }, 'already-registered'],
])('a member with %s is refused', async (_name, member, code) => {
  const answer = await home.admin('POST', '/v1/members', { ...member, name: { th: 'ก', en: 'A' } })
  expect(answer.json.code).toBe(code)
})

test.each([
  ['without Thai', { class: 'GOV', code: 'NEW', name: { en: 'A' } }],
  ['with a member too many', { class: 'GOV', code: 'NEW', name: { th: 'ก', en: 'A' }, admin: true }],
  ['with a number as text', { class: 'GOV', code: 7, name: { th: 'ก', en: 'A' } }],
])('a member %s is refused', async (_name, member) => {
  expect((await home.admin('POST', '/v1/members', member)).json.code).toBe('request-invalid')
})

test('a subsystem or token of a member that is not registered is refused', async () => {
  const name = { th: 'ก', en: 'A' }
  const subsystem = await home.admin('POST', '/v1/subsystems', { id: 'TH/GOV/NOBODY/x', name })
  expect(subsystem.json.code).toBe('member-unknown')
  const token = await home.admin('POST', '/v1/tokens', { gateway: 'TH/GOV/NOBODY/gateway-1' })
  expect(token.json.code).toBe('member-unknown')
  const foreign = await home.admin('POST', '/v1/tokens', { gateway: 'EE/GOV/DOPA/gateway-1' })
  expect(foreign.json.code).toBe('address-malformed')
})

test('what is refused is told in Thai and English, with a page, and without internals', async () => {
  const answer = await home.center.publicApp.inject({
    method: 'POST',
    url: '/v1/join',
    payload: {},
    headers: { 'accept-language': 'en' },
  })
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  expect(answer.json()).toMatchObject({
    type: 'https://center.test:4000/problems/request-invalid',
    title: 'The request does not say what it must',
    th: { title: 'คำขอขาดข้อมูลหรือข้อมูลไม่ถูกต้อง' },
  })
  expect(answer.body).not.toContain('node_modules')
})

test('while the database is away, the last directory is answered, the rest is refused as passing trouble', async () => {
  const other = await startCenter()
  const { center } = other
  await center.publicApp.inject('/v1/directory')
  const query = other.pool.query
  const connect = other.pool.connect
  const down = () => Promise.reject(Object.assign(new Error('shutting down'), { code: '57P01' }))
  Object.assign(other.pool, { query: down, connect: down })
  expect((await center.publicApp.inject('/v1/directory')).statusCode).toBe(200)
  expect((await center.publicApp.inject('/health')).json()).toMatchObject({ status: 'bad', database: 'down' })
  const answer = await other.admin('POST', '/v1/members', {
    class: 'GOV',
    code: 'A',
    name: { th: 'ก', en: 'A' },
  })
  expect([answer.status, answer.json.code]).toEqual([503, 'center-unavailable'])
  Object.assign(other.pool, { query, connect })
  expect((await center.publicApp.inject('/health')).json()).toMatchObject({ status: 'ok' })
  await other.close()
})

test('who is nobody keeps nobody waiting: neither a lock is taken for them nor a certificate request verified', async () => {
  const { secret: _, ...token } = openJoinToken(await home.token('TH/GOV/DOPA/gateway-2', []))
  const asked = { peer: 'https://127.0.0.1:1', algorithms: ['ed25519'], tls: 'rubbish' }
  const members = token.members.map((id) => ({ id, signing: 'rubbish' }))
  const join = { secret: 'x', gateway: token.gateway, ...asked, members }
  const { signing } = gateway.speaker('TH/GOV/DOPA')
  const payload = { publish: [], withdraw: [], iat: Math.floor(home.clock() / 1000), jti: 'x'.repeat(16) }
  const chain = [gateway.credentials.tls.certificate]
  const statement = signJws(payload, { signer: signing.signer, type: 'sapan-grants+jws', chain })
  const holder = await home.pool.connect()
  try {
    await holder.query('begin')
    await holder.query('select from center.state for update')
    const joining = await home.center.publicApp.inject({ method: 'POST', url: '/v1/join', payload: join })
    expect(joining.json().code).toBe('join-token-unknown')
    const headers = { 'content-type': 'application/jose' }
    const options = { method: 'POST', url: '/v1/grants', payload: statement, headers } as const
    expect((await home.center.publicApp.inject(options)).json().code).toBe('statement-invalid')
  } finally {
    await holder.query('rollback')
    holder.release()
  }
})
