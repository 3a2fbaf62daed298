import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inTransaction } from '@sapan/kernel'
import { generateSigner, nodeListener } from '@sapan/trust'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Country,
  client,
  grantTerms,
  service,
  startAgencies,
} from '../../../exchange/test/gateway/agencies.ts'
import { somebody } from '../../../exchange/test/gateway/register.ts'
import { codeOf, craft, sendTo } from '../../../exchange/test/gateway/wire.ts'
import { createConsents } from '../../src/consents/consents.ts'
import { createStatusLists, type StatusLists } from '../../src/status/lists.ts'
import { createTokens, type Tokens } from '../../src/tokens/tokens.ts'
import { type TestGround, testGround } from '../ground.ts'
import { words } from './house.ts'

let ground: TestGround
let server: Server
let statuses: StatusLists
let tokens: Tokens
let country: Country
let grant = ''
let consents: ReturnType<typeof createConsents>
let account = ''

beforeAll(async () => {
  ground = await testGround()
  const { pool } = ground
  const clock = () => Date.now()
  server = createServer((request, response) => {
    const listener = nodeListener(statuses.handler, { prefix: '/status' })
    void listener(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  tokens = createTokens({
    issuer,
    clock,
    signer: generateSigner('ecdsa-p256-sha256'),
    statusLists: `${issuer}/status`,
  })
  statuses = createStatusLists({ pool, clock, signer: tokens.signer, issuer })
  country = await startAgencies({ country: { subjectTokens: [tokens.directoryEntry()] } })
  grant = String(
    (await country.dopa.operator('POST', '/v1/grants', { ...grantTerms, purpose: 'loan', consent: true }))
      .hash,
  )
  await country.rd.gateway.directory.refresh()
  account = randomUUID()
  await pool.query(
    `insert into identity.account (id, state, ial, created_at, changed_at) values ($1, 'open', '2.3', now(), now())`,
    [account],
  )
  consents = createConsents(
    { ...ground, clock },
    {
      accounts: {
        find: async () => ({ state: 'open' }),
        findByIdentifier: async () => ({ id: account }),
        identifiersOf: async () => [{ scheme: 'national-id', value: somebody, proved: true }],
      },
      history: { record: async () => {} },
      notices: { send: async () => {} },
      statuses,
      tokens,
      words,
    },
  )
})
afterAll(async () => {
  await country?.stop()
  await statuses?.stop()
  server?.closeAllConnections()
  await new Promise((resolve) => server?.close(resolve))
  await ground?.database.drop()
})

async function consent(): Promise<{ id: string; receipt: string }> {
  const { id } = await consents.ask(
    {
      subject: { scheme: 'national-id', value: somebody },
      consumer: client,
      service,
      purpose: 'loan',
      fields: ['nationalId', 'name'],
      reason: { th: 'สินเชื่อ', en: 'A loan' },
    },
    'TH/GOV/RD',
  )
  await consents.give({ account }, id, { fields: ['name'], days: 30 })
  const { receipt = '' } = await consents.answerFor(id, 'TH/GOV/RD')
  // An agency asks five times a day at most; here it asks for weeks.
  await ground.pool.query("update identity.consent set asked_at = asked_at - interval '2 days'")
  return { id, receipt }
}

/** The token of somebody who acts, which rests on an entry of the account's. */
async function actor(kind: 'mandate' | 'session'): Promise<string> {
  const status = await inTransaction(ground.pool, (client) => statuses.allocate(client, { account, kind }))
  return tokens.actor({ audience: 'TH/GOV/RD', subject: 'opaque', kind: 'person', status })
}

async function throughBoth(headers: Record<string, string>): Promise<string> {
  const answer = await country.ask(`/persons/${somebody}`, {
    headers: { accept: 'application/problem+json', ...headers },
  })
  const { code } = await answer.json()
  return answer.status === 200 ? 'answered' : code
}

async function atProvider(fields: Record<string, string>): Promise<string> {
  const hash = fields['sapan-purpose'] === 'loan' ? grant : country.grant
  const message = craft({ ...country, grant: hash }, { fields })
  const answer = await sendTo(country.dopa.peer, country.rd.membership.tls(), message)
  return answer.status === 200 ? 'answered' : codeOf(answer)
}

const gateways = [
  ['the consumer’s', throughBoth],
  ['the provider’s', atProvider],
] as const

/** Milliseconds from the commit of `act` until the call is refused. */
async function untilRefused(call: () => Promise<string>, act: () => Promise<unknown>): Promise<number> {
  await expect.poll(call, { timeout: 15_000 }).toBe('answered')
  await act()
  const committed = performance.now()
  while ((await call()) === 'answered');
  return Math.round(performance.now() - committed)
}

describe.each(gateways)('at %s gateway', (name, call) => {
  it('a consent that its person withdraws is refused from then on', async () => {
    const times: number[] = []
    for (let round = 0; round < 8; round++) {
      const { id, receipt } = await consent()
      const headers = { 'sapan-purpose': 'loan', 'sapan-consent': receipt }
      times.push(
        await untilRefused(
          () => call(headers),
          () => consents.withdraw({ account }, id),
        ),
      )
      expect(await call(headers)).toBe('consent-withdrawn')
    }
    console.log(`withdrawn on my page → refused at ${name} gateway: ${times.join(', ')} ms`)
  })

  it('“this wasn’t me” stops consents and whoever acts under a mandate, until the person lets them go on; sessions stay over', async () => {
    const { receipt } = await consent()
    const [under, signedIn] = [await actor('mandate'), await actor('session')]
    const headers = [
      { 'sapan-purpose': 'loan', 'sapan-consent': receipt },
      { 'sapan-purpose': 'tax-assessment', 'sapan-actor': under },
    ]
    const inSession = () => call({ 'sapan-purpose': 'tax-assessment', 'sapan-actor': signedIn })
    await expect.poll(inSession, { timeout: 15_000 }).toBe('answered')
    const all = async () =>
      (await Promise.all(headers.map(call))).every((one) => one === 'answered') ? 'answered' : 'refused'
    const suspend = () => inTransaction(ground.pool, (client) => statuses.suspendAll(client, account))
    const took = await untilRefused(all, suspend)
    await expect
      .poll(() => Promise.all(headers.map(call)), { timeout: 15_000 })
      .toEqual(['consent-withdrawn', 'actor-withdrawn'])
    console.log(`frozen on my page → refused at ${name} gateway: ${took} ms`)
    await inTransaction(ground.pool, (client) => statuses.resumeAll(client, account))
    await expect.poll(all, { timeout: 15_000 }).toBe('answered')
    expect(await inSession()).toBe('actor-withdrawn')
  })
})
