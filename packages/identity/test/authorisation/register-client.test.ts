import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClients } from '../../src/clients/clients.ts'
import { type AgencyClients, createAgencyClients } from '../../src/desk/clients/agency-clients.ts'
import { dopa, OfficersHouse, type TestOfficer } from '../officers/house.ts'
import { type Cast, castOf, eachOf } from './house.ts'

let house: OfficersHouse
let cast: Cast
let clients: AgencyClients
beforeAll(async () => {
  house = await OfficersHouse.open()
  cast = await castOf(house)
  const known = { scopes: new Set(['openid']), ial: new Set<string>(), aal: new Set<string>() }
  const { officers, ground } = house
  clients = createAgencyClients({ clients: createClients(ground, known), officers, log: ground.log })
})
afterAll(() => house.ground.database.drop())

const settings = (id: string) => ({
  id,
  names: { th: 'ระบบ', en: 'System' },
  profile: 'basic',
  authentication: 'client_secret_basic',
  redirectUris: ['https://app.example/back'],
  scopes: ['openid'],
})
let made = 0
const register = (who: TestOfficer, more: object = {}) =>
  clients.register(who, { ...settings(`system-${++made}`), ...more })
const ofDopa = async () => (await register(cast.administrator)).client.settings.id

const others = {
  administrator: 'done',
  acting: 'done',
  withoutDuty: 'officer-duty-missing',
  expired: 'officer-duty-missing',
  ended: 'officer-duty-missing',
  borrowed: 'officer-duty-missing',
  nobody: 'officer-duty-missing',
} as const

describe('registering a client (POST /desk/clients/new)', () => {
  // Of their own agency, whatever the form says.
  eachOf(
    () => cast,
    { ...others, ofAnotherAgency: 'done' },
    (who) => register(who),
  )

  it('makes it one of the administrator’s agency, whatever was sent', async () => {
    const { client } = await register(cast.administrator, { member: 'TH/GOV/RD' })
    expect(client.settings.member).toBe(dopa)
    expect(client.own).toBe(false)
  })
})

describe.each<[string, (who: TestOfficer, id: string) => Promise<unknown>]>([
  ['changing (POST /desk/clients/:client)', (who, id) => clients.change(who, id, settings(id))],
  ['disabling (POST /desk/clients/:client/disable)', (who, id) => clients.disable(who, id)],
  ['enabling (POST /desk/clients/:client/enable)', (who, id) => clients.enable(who, id)],
  ['a new secret for (POST /desk/clients/:client/secret)', (who, id) => clients.renewSecret(who, id)],
])('%s an agency’s client', (_name, act) => {
  eachOf(
    () => cast,
    { ...others, ofAnotherAgency: 'sign-in-client-unknown' },
    async (who) => act(who, await ofDopa()),
  )
})

describe('the list of clients', () => {
  it('has none of other agencies', async () => {
    await ofDopa()
    const list = await clients.list(cast.ofAnotherAgency)
    expect(list.every(({ settings: { member } }) => member === 'TH/GOV/RD')).toBe(true)
  })
})
