import { generateSigner } from '@sapan/trust'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ActorTokenRequest } from '../../src/provider/ports.ts'
import { pairwiseSubjects } from '../../src/provider/subjects.ts'
import { actorIssuer } from '../../src/tokens/issue-actor.ts'
import { createSessionStatuses, type SessionStatuses } from '../../src/tokens/session-statuses.ts'
import { createTokens } from '../../src/tokens/tokens.ts'
import { type Person, World } from '../mandates/world.ts'

const revenue = 'TH/GOV/RD'
const subjects = pairwiseSubjects(new Uint8Array(32))

let world: World
let sessions: SessionStatuses
let issue: ReturnType<typeof actorIssuer>
beforeAll(async () => {
  world = await World.open()
  const { pool, clock, issuer } = world.ground
  sessions = createSessionStatuses({ pool, clock, statuses: world.statuses })
  issue = actorIssuer({
    clock,
    operator: 'TH/GOV/DGA',
    subjects,
    tokens: createTokens({
      issuer,
      clock,
      signer: generateSigner('ecdsa-p256-sha256'),
      statusLists: `${issuer}/status`,
    }),
    sessions,
    mandates: world.mandates,
    officers: { appointmentsOf: async () => [] },
  })
})
afterAll(() => world.close())

async function tokenOf(who: Person, parameters: ActorTokenRequest['parameters'] = {}) {
  const { account, level } = who
  const asked = { account, session: who.session, level, client: 'app', member: revenue, parameters }
  const { token } = await issue(asked)
  const { status, session, ...actor } = decodeJwt<{ status: StatusClaim; session?: StatusClaim }>(token)
  return { actor, status: placeOf(status), session: session && placeOf(session) }
}

interface StatusClaim {
  readonly status_list: { readonly idx: number; readonly uri: string }
}

function placeOf({ status_list: { idx, uri } }: StatusClaim): Place {
  return { uri, index: idx }
}

interface Place {
  readonly uri: string
  readonly index: number
}

async function mandateOf(giver: Person, holder: Person): Promise<string> {
  const terms = { scopes: ['apply'], limits: {}, from: world.now, till: world.now + 86_400_000 }
  const offer = { direction: 'give' as const, to: { number: holder.number }, terms }
  const { id } = await world.mandates.proposals.propose(giver, offer)
  return (await world.mandates.proposals.answer(holder, id, {})) ?? ''
}

const called = (who: Person) => subjects.subjectOf(revenue, who.account)
const standing = async (place: Place | undefined) => place && (await world.statusOf(place))

describe('the token with which somebody acts at an agency', () => {
  test('for themselves names them as the agency knows them, and rests on their session', async () => {
    const who = await world.person()
    const { actor, status, session } = await tokenOf(who)
    expect(actor).toMatchObject({ sub: called(who), kind: 'person', aud: revenue })
    expect(actor).not.toHaveProperty('act')
    expect(session).toBeUndefined()
    await sessions.end(who.session)
    expect(await standing(status)).toBe('withdrawn')
  })

  test('for another person has that person as its subject, and who acts as `act`', async () => {
    const [giver, holder] = [await world.person(), await world.person()]
    const mandate = await mandateOf(giver, holder)
    const { actor } = await tokenOf(holder, { mandate, scope: 'apply' })
    expect(actor).toMatchObject({
      sub: called(giver),
      act: { sub: called(holder) },
      kind: 'mandate',
      represents: { kind: 'person', id: giver.number },
      scope: 'apply',
    })
  })

  test('for a company has one subject, whichever director acts', async () => {
    const directors = [await world.person(), await world.person()]
    const company = world.company(directors, { kind: 'any', count: 1, seal: false })
    const subjectsSeen = new Set<string | undefined>()
    for (const director of directors) {
      const [mandate] = await world.mandates.of(director.account)
      const { actor } = await tokenOf(director, { mandate: mandate?.id ?? '', scope: 'apply' })
      expect(actor).toMatchObject({
        act: { sub: called(director) },
        represents: { kind: 'company', id: company },
      })
      subjectsSeen.add(actor.sub)
    }
    expect(subjectsSeen.size).toBe(1)
    expect([...subjectsSeen][0]).not.toContain(company)
  })

  test('under a mandate ends with the mandate and with the session, whichever is first', async () => {
    const [giver, holder] = [await world.person(), await world.person()]
    const mandate = await mandateOf(giver, holder)
    const { status, session } = await tokenOf(holder, { mandate, scope: 'apply' })
    expect([await standing(status), await standing(session)]).toEqual(['valid', 'valid'])
    await sessions.end(holder.session)
    expect([await standing(status), await standing(session)]).toEqual(['valid', 'withdrawn'])
    await world.mandates.withdraw(giver, mandate)
    expect(await standing(status)).toBe('withdrawn')
  })

  test('is not given under another’s mandate, nor for another agency', async () => {
    const [giver, holder, stranger] = [await world.person(), await world.person(), await world.person()]
    const mandate = await mandateOf(giver, holder)
    await expect(tokenOf(stranger, { mandate, scope: 'apply' })).rejects.toMatchObject({
      code: 'mandate-not-found',
    })
    await expect(tokenOf(holder, { audience: 'TH/GOV/DOPA' })).rejects.toMatchObject({
      code: 'actor-audience-foreign',
    })
  })
})
