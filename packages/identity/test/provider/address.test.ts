import { inTransaction, Problem } from '@sapan/kernel'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createAccounts } from '../../src/account/accounts.ts'
import type { AgencyAnswer, AgencyQuestion } from '../../src/exchange.ts'
import { mandateProblems } from '../../src/problems/mandates.ts'
import { registeredAddress } from '../../src/provider/registered-address.ts'
import { Browser } from './browser.ts'
import { signsIn, startIssuer, type TestIssuer } from './issuer.ts'
import { byKey, clientKey } from './keys-of-clients.ts'
import { discover, publicClient, signIn } from './relying-party.ts'

const number = '1234567890121'
const place = (th: string, en: string) => ({ code: '1', th, en })
const address = {
  houseId: '10100000001',
  houseNumber: '99/1',
  moo: 4,
  subdistrict: place('บางพูด', 'Bang Phut'),
  district: place('ปากเกร็ด', 'Pak Kret'),
  province: place('นนทบุรี', 'Nonthaburi'),
  postalCode: '11120',
}
const asked: AgencyQuestion[] = []
let register: () => Partial<AgencyAnswer>
let issuer: TestIssuer
let account: string
let client: oidc.Configuration

beforeAll(async () => {
  const ask = async (question: AgencyQuestion) => {
    asked.push(question)
    return { status: 200, body: undefined, exchange: 'x', ...register() }
  }
  const known: { identifiersOf: (id: string) => Promise<readonly never[]> } = {
    identifiersOf: async () => [],
  }
  issuer = await startIssuer({
    addressOf: (id, language) =>
      registeredAddress(
        { ask, log: issuer.ground.log },
        { identifiersOf: (of) => known.identifiersOf(of) },
        {
          service: 'TH/GOV/DOPA/population/person-v1',
          purpose: 'identity-claims',
        },
      )(id, language),
  })
  const accounts = createAccounts(issuer.ground)
  Object.assign(known, { identifiersOf: accounts.identifiersOf })
  account = await issuer.person()
  await inTransaction(issuer.ground.pool, (connection) =>
    accounts.prove(connection, account, { scheme: 'national-id', value: number }),
  )
  const key = await clientKey()
  const keyed = { authentication: 'private_key_jwt', jwks: { keys: [key.jwk] } }
  const asks = [...publicClient.scopes, 'address']
  await issuer.clients.register({ ...publicClient, ...keyed, scopes: asks }, 'file')
  client = await discover(issuer, 'leaflet', byKey(key))
})
afterAll(() => issuer.stop())
beforeEach(() => {
  asked.length = 0
  register = () => ({ body: { address } })
})

async function toldTo(who: string) {
  issuer.act = signsIn(issuer, who)
  const { access_token: token, claims } = await signIn(client, new Browser(), { scope: 'openid address' })
  return await oidc.fetchUserInfo(client, token, claims()?.sub ?? '')
}

test('the registered address is told as the register has it, for its own purpose', async () => {
  expect((await toldTo(account)).address).toEqual({
    formatted: '99/1 หมู่ที่ 4\nบางพูด ปากเกร็ด\nนนทบุรี 11120',
    street_address: '99/1 หมู่ที่ 4',
    locality: 'บางพูด ปากเกร็ด',
    region: 'นนทบุรี',
    postal_code: '11120',
  })
  expect(asked.at(-1)).toEqual({
    service: 'TH/GOV/DOPA/population/person-v1',
    purpose: 'identity-claims',
    method: 'GET',
    path: `/persons/${number}`,
  })
})

test.each([
  ['knows nobody', () => ({ status: 404 })],
  ['answers something else', () => ({ body: { address: { formatted: 'Paris' } } })],
  ['fails', () => ({ status: 500 })],
  [
    'does not answer',
    () => {
      throw new Problem(mandateProblems['mandate-register-silent'])
    },
  ],
] as const)('the claim is absent where the register %s, and the rest is told', async (_, answer) => {
  register = answer
  const told = await toldTo(account)
  expect(told.sub).toBeDefined()
  expect(told).not.toHaveProperty('address')
})

test('the register is not asked about who has proved no number', async () => {
  expect(await toldTo(await issuer.person())).not.toHaveProperty('address')
  expect(asked).toEqual([])
})
