import { describe, expect, it } from 'vitest'
import type { ServicesGround } from '../../src/ground.ts'
import { partyKey } from '../../src/submission/plan.ts'
import { documentsWithin, paymentsWithin } from '../../src/submission/reach.ts'
import { personOf } from '../../src/submission/who.ts'
import { boatLicence } from './made.ts'

const [agent, giver] = ['agent', 'giver']
const numbers = new Map([
  [agent, '1101700207030'],
  [giver, '3100600445811'],
])
const hashKey = Buffer.alloc(32, 1)
const keyOf = (account: string) =>
  partyKey({ hashKey }, { scheme: 'national-id', id: numbers.get(account) ?? '' })

/** Rooms in which the agent holds one mandate of the giver. */
function holding(scopes: readonly string[], limits: { agencies?: readonly string[]; amount?: number } = {}) {
  const mandate = { source: 'person', giver, scopes: scopes.map((code) => ({ code })), content: { limits } }
  const rooms = {
    mandates: { of: async () => [mandate] },
    accounts: {
      identifiersOf: async (account: string) => [
        { scheme: 'national-id', value: numbers.get(account), proved: true },
      ],
    },
  } as object as ServicesGround['rooms']
  const licence = boatLicence({ applicant: { as: ['self', 'person'], scope: 'apply' } })
  return { rooms, hashKey, definitions: { current: () => [licence] } }
}

describe('a person, as cases know them', () => {
  const key = (scheme: 'national-id' | 'juristic-id', id: string) => partyKey({ hashKey }, { scheme, id })
  const withRooms = (mandates: readonly object[], identifiers: readonly object[]) => ({
    rooms: {
      mandates: { of: async () => mandates },
      accounts: { identifiersOf: async () => identifiers },
    } as object as ServicesGround['rooms'],
    hashKey,
  })
  const number = (value: string, proved: boolean) => ({ scheme: 'national-id', value, proved })

  it('are themselves by the numbers that they proved, and nobody by what they only said', async () => {
    const ground = withRooms([], [number('1101700207030', true), number('3100600445811', false)])
    expect(await personOf(ground, agent)).toEqual({
      account: agent,
      parties: [key('national-id', '1101700207030')],
    })
  })

  it('are all for whom they may act: a giver, a child by its number, a company by its own; each once', async () => {
    const mandates = [
      { source: 'person', giver, content: {} },
      { source: 'child', content: { number: '1101700230708' } },
      { source: 'company', content: { number: '0105561234567' } },
      { source: 'company', content: { number: '0105561234567' } },
      { source: 'company', content: {} },
    ]
    const { parties } = await personOf(withRooms(mandates, [number('1101700207030', true)]), agent)
    expect(parties).toEqual([
      key('national-id', '1101700207030'),
      key('national-id', '1101700230708'),
      key('juristic-id', '0105561234567'),
    ])
  })
})

describe('what an account reaches of whom it acts for', () => {
  const own = { party: keyOf(agent) }
  const party = keyOf(giver)

  it.each([
    ['by a mandate to look at documents all of them, to look at', ['see-documents'], [{ mayShare: false }]],
    [
      'by one for a kind of service what comes of these',
      ['apply'],
      [{ services: ['boat-licence'], mayShare: true }],
    ],
    ['by one for something else none', ['pay', 'fill-forms', 'move-house'], []],
  ] as const)('is %s', async (_, scopes, expected) => {
    const reach = await documentsWithin(holding(scopes), agent)
    expect(reach).toEqual([{ ...own, mayShare: true }, ...expected.map((one) => ({ ...one, party }))])
  })

  it('is only of agencies to which a mandate is limited', async () => {
    const limits = { agencies: ['TH/GOV/BOATS'] }
    const [, seen] = await documentsWithin(holding(['see-documents'], limits), agent)
    expect(seen).toEqual({ party, issuers: limits.agencies, mayShare: false })
  })

  it('is of payments what a mandate to pay covers, to its agencies and up to its amount', async () => {
    expect(await paymentsWithin(holding(['apply', 'see-documents']), agent)).toEqual([own])
    expect(await paymentsWithin(holding(['pay']), agent)).toEqual([own, { party }])
    const limits = { agencies: ['TH/GOV/BOATS'], amount: 500 }
    const [, paid] = await paymentsWithin(holding(['pay'], limits), agent)
    expect(paid).toEqual({ party, payees: limits.agencies, most: 50_000 })
  })
})
