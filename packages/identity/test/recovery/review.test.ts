import { inTransaction, Problem } from '@sapan/kernel'
import { loadCountry } from '@sapan/thailand'
import { generateSigner } from '@sapan/trust'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { givenName, givenSince } from '../../src/account/given-lately.ts'
import type { Proof } from '../../src/authenticators/authenticator.ts'
import { Levels } from '../../src/levels/level.ts'
import { createRooms, type Rooms } from '../../src/rooms.ts'
import { words } from '../consents/house.ts'
import { type TestGround, testGround } from '../ground.ts'
import { freshNumber } from '../mandates/world.ts'
import { SoftwareAuthenticator } from '../software-authenticator.ts'

let ground: TestGround
let rooms: Rooms

const day = 86_400_000
const origin = 'http://localhost:4400'

beforeAll(async () => {
  ground = await testGround()
  const country = loadCountry().identity
  const signer = generateSigner('ecdsa-p256-sha256')
  rooms = createRooms(
    {
      ...ground,
      signer,
      country,
      levels: new Levels(country.levels),
      ask: () => Promise.reject(new Error('no register')),
    },
    {
      notices: { send: async () => {} },
      relyingParty: { id: 'localhost', name: 'Sapan', origins: [origin] },
      hashCost: { memory: 64, passes: 1, parallelism: 1 },
      words,
      operator: 'TH/GOV/DGA',
      agencies: [],
    },
  )
})
afterAll(async () => {
  await rooms.statuses.stop()
  await ground.database.drop()
})

interface Person {
  readonly account: string
  readonly number: string
  readonly session: string
  readonly authenticatedAt: number
  readonly proof: Proof
}

/** Somebody whose number is proved, with a passkey. */
async function person(): Promise<Person> {
  const number = freshNumber()
  const account = await inTransaction(ground.pool, async (client) => {
    const { id } = await rooms.accounts.create(client, { language: 'th' })
    await rooms.accounts.prove(client, id, { scheme: 'national-id', value: number })
    return id
  })
  const owner = { account, label: 'x', bound: 'visit' }
  const { ceremony, options } = await rooms.authenticators.beginPasskey(owner)
  const response = new SoftwareAuthenticator(origin).create(options)
  const id = await rooms.authenticators.addPasskey(owner, { ceremony, response, name: 'x' })
  const at = ground.clock()
  const proof = { account, aal: '2.2', amr: [], authenticators: [id], at }
  return { account, number, session: `s-${account}`, authenticatedAt: at, proof }
}

/** A service to which the person told their name. */
async function service({ account }: Person): Promise<string> {
  const client = {
    id: `app-${account}`,
    member: 'TH/GOV/RD',
    names: { th: 'แอปภาษี', en: 'Tax app' },
    profile: 'basic',
    authentication: 'none',
    redirectUris: ['http://localhost:9/back'],
    scopes: ['openid', 'profile'],
  }
  await rooms.clients.register(client, 'file')
  const told = { account, client: client.id, scopes: client.scopes, claims: [], shown: [], refused: [] }
  return (await rooms.provider.consents.give(told)).id
}

async function mandate(giver: Person, holder: Person): Promise<string> {
  const till = ground.clock() + 120 * day
  const terms = { scopes: ['apply'], limits: {}, from: ground.clock(), till }
  const offer = { direction: 'give', to: { number: holder.number }, terms } as const
  const now = { ...giver, authenticatedAt: ground.clock() }
  const { id } = await rooms.mandates.proposals.propose(now, offer)
  return (await rooms.mandates.proposals.answer({ ...holder, authenticatedAt: ground.clock() }, id, {})) ?? ''
}

async function offer(giver: Person): Promise<string> {
  const till = ground.clock() + 120 * day
  const terms = { scopes: ['apply'], limits: {}, from: ground.clock(), till }
  const now = { ...giver, authenticatedAt: ground.clock() }
  return (await rooms.mandates.proposals.propose(now, { direction: 'give', to: 'code', terms })).id
}

async function consent(of: Person): Promise<string> {
  const asked = {
    subject: { scheme: 'national-id', value: of.number },
    consumer: 'TH/COM/PAYROLL/main',
    service: 'TH/GOV/DOPA/population/person-v1',
    purpose: 'employee-verification',
    fields: ['name'],
    reason: { th: 'เหตุ', en: 'reason' },
    reference: 'r1',
  }
  const { id } = await rooms.consents.ask(asked, 'TH/COM/PAYROLL')
  await rooms.consents.give(of, id, { fields: ['name'], days: 365 })
  return id
}

const states = async (of: Person) => {
  const [{ rows: mandates }, consents, { sent }] = await Promise.all([
    ground.pool.query<{ id: string; ended: boolean; suspended: boolean }>(
      `select id, ended_at is not null as ended, holder_suspended or giver_suspended as suspended
       from identity.mandate where giver_id = $1 or holder_id = $1 order by created_at`,
      [of.account],
    ),
    rooms.consents.of(of.account),
    rooms.mandates.overview(of),
  ])
  return { mandates, consents: consents.map(({ state }) => state), offers: sent.map(({ state }) => state) }
}

describe('what was given lately', () => {
  it('is listed by rooms of all kinds since a day, the latest first; what is older or over is not', async () => {
    const [owner, other] = [await person(), await person()]
    await mandate(owner, other)
    ground.pass(40 * day)
    const given = await mandate(owner, other)
    ground.pass(1000)
    const asked = await consent(owner)
    ground.pass(1000)
    const offered = await offer(owner)
    ground.pass(1000)
    const ended = await mandate(other, owner)
    await rooms.mandates.withdraw(owner, ended)
    const lately = await givenSince(rooms.reviewing.rooms, owner.account, ground.clock() - 30 * day)
    expect(lately.map(givenName)).toEqual([`offer:${offered}`, `consent:${asked}`, `mandate:${given}`])
    expect(lately[1]?.text.en).toBe('A consent that lets Payroll see: Population register')
    const all = await givenSince(rooms.reviewing.rooms, owner.account, ground.clock() - 100 * day)
    expect(all.map(({ kind }) => kind).sort()).toEqual([
      'authenticator',
      'consent',
      'mandate',
      'mandate',
      'offer',
    ])
  })

  it('stays stopped while the account is frozen, and goes on or ends by what its owner says', async () => {
    const [owner, other] = [await person(), await person()]
    ground.pass(40 * day)
    const kept = await mandate(owner, other)
    ground.pass(1000)
    const wrong = await mandate(owner, other)
    await consent(owner)
    await offer(owner)
    await rooms.freezing.freeze(owner.account)
    expect((await states(owner)).mandates.map(({ suspended }) => suspended)).toEqual([true, true])
    const { frozenAt } = (await rooms.freezing.mayOpen(owner.proof)) ?? { frozenAt: 0 }
    const by = { ...owner, session: 'sign-in:u' }
    for (const one of await givenSince(rooms.reviewing.rooms, owner.account, frozenAt - 30 * day))
      if (one.id !== kept) await rooms.reviewing.rooms[one.kind].withdraw(by, one.id)
    await rooms.freezing.unfreeze(owner.proof)
    expect(await states(owner)).toEqual({
      mandates: [
        { id: kept, ended: false, suspended: false },
        { id: wrong, ended: true, suspended: true },
      ],
      consents: ['withdrawn'],
      offers: ['withdrawn', 'accepted', 'accepted'],
    })
  })

  it('has the services that are told about the person, which are told nothing more once it was not theirs', async () => {
    const owner = await person()
    const told = await service(owner)
    const lately = await givenSince(rooms.reviewing.rooms, owner.account, ground.clock())
    const found = lately.find(({ id }) => id === told)
    expect(found?.text.en).toBe('A service that is told about you at sign-in, or acts in your name: Tax app')
    await rooms.freezing.freeze(owner.account)
    await rooms.reviewing.rooms.service.withdraw({ ...owner, session: 'sign-in:u' }, told)
    expect(await rooms.provider.consents.of(owner.account)).toEqual([])
  })

  it('is ended by nobody for another: not found', async () => {
    const [owner, other, stranger] = [await person(), await person(), await person()]
    const ids = {
      mandate: await mandate(owner, other),
      consent: await consent(owner),
      offer: await offer(owner),
      service: await service(owner),
    }
    for (const [kind, id] of Object.entries(ids)) {
      const room = rooms.reviewing.rooms[kind as keyof typeof ids]
      const error = await room.withdraw(stranger, id).catch((caught: unknown) => caught)
      expect(error instanceof Problem && error.type.status, kind).toBe(404)
    }
  })
})

describe('freezes at the same moment', () => {
  it('never wait for each other, whatever people have in common; each stops and resumes all of its own', async () => {
    const people = await Promise.all(Array.from({ length: 4 }, person))
    ground.pass(10 * day)
    for (const giver of people)
      for (const holder of people) if (giver !== holder) await mandate(giver, holder)
    for (const one of people) await consent(one)
    for (let round = 0; round < 6; round++) {
      ground.pass(1000)
      const frozen = await Promise.allSettled(people.map(({ account }) => rooms.freezing.freeze(account)))
      expect(frozen.map(({ status }) => status)).toEqual(people.map(() => 'fulfilled'))
      const opened = await Promise.allSettled(people.map(({ proof }) => rooms.freezing.unfreeze(proof)))
      expect(opened.map(({ status }) => status)).toEqual(people.map(() => 'fulfilled'))
    }
    for (const one of people) {
      const { mandates } = await states(one)
      expect(mandates.filter(({ ended, suspended }) => ended || suspended)).toEqual([])
    }
  })

  it('and a consent that is withdrawn beside one: neither waits for the other', async () => {
    for (let round = 0; round < 6; round++) {
      const owner = await person()
      const id = await consent(owner)
      const both = await Promise.allSettled([
        rooms.freezing.freeze(owner.account),
        rooms.consents.withdraw(owner, id),
      ])
      expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
    }
  })
})
