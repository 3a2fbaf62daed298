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

describe('registering a client', () => {
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

describe('changing, disabling and renewing the secret of an agency’s client', () => {
  const expected = { ...others, ofAnotherAgency: 'sign-in-client-unknown' }
  eachOf(
    () => cast,
    expected,
    async (who) => {
      const id = await ofDopa()
      return clients.change(who, id, settings(id))
    },
  )
  eachOf(
    () => cast,
    expected,
    async (who) => clients.disable(who, await ofDopa()),
  )
  eachOf(
    () => cast,
    expected,
    async (who) => clients.renewSecret(who, await ofDopa()),
  )
})

describe('the list of clients', () => {
  it('has none of other agencies', async () => {
    await ofDopa()
    const list = await clients.list(cast.ofAnotherAgency)
    expect(list.every(({ settings: { member } }) => member === 'TH/GOV/RD')).toBe(true)
  })
})
