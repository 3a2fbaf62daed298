import { inTransaction } from '@sapan/kernel'
import { loadCountry } from '@sapan/thailand'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAccounts } from '../../src/account/accounts.ts'
import { createClients } from '../../src/clients/clients.ts'
import { waitingRoutes } from '../../src/pages/waiting/routes.ts'
import {
  type Backchannel,
  createBackchannel,
  type DecidedBy,
  type Question,
} from '../../src/provider/backchannel.ts'
import type { Visitor } from '../../src/visitor.ts'
import { type TestGround, testGround } from '../ground.ts'
import { shown, visitor } from '../visit.ts'
import { knownToClients } from './issuer.ts'
import { publicClient } from './relying-party.ts'

let ground: TestGround
let backchannel: Backchannel
let visit: ReturnType<typeof visitor>
const carried: { question: Question; decision: string; by: DecidedBy }[] = []
beforeAll(async () => {
  ground = await testGround()
  const questions = createBackchannel({
    ...ground,
    carry: async (_request, question, decision, by) => {
      carried.push({ question, decision, by })
    },
  })
  backchannel = questions
  const clients = createClients(ground, knownToClients)
  const names = { th: 'แอปภาษี', en: 'Tax app' }
  await clients.register({ ...publicClient, id: 'tax', member: 'TH/GOV/RD', names }, 'file')
  visit = visitor(
    waitingRoutes({
      backchannel,
      help: { waiting: async () => [] },
      clients,
      consents: { live: async () => undefined },
      scopes: loadCountry().identity.scopes,
      memberName: () => ({ th: 'กรมสรรพากร', en: 'Revenue Department' }),
      freshSeconds: 300,
    }),
  )
  ask = async (account, kind = 'sign-in') =>
    await questions.ask({
      account,
      kind,
      client: 'tax',
      bindingMessage: 'W4SCT <b>',
      scopes: ['openid', 'profile'],
      request: 'jti',
    })
})
afterAll(() => ground.database.drop())

let ask: (account: string, kind?: string) => Promise<Question>

async function someone(): Promise<Visitor> {
  const accounts = createAccounts(ground)
  const { id } = await inTransaction(ground.pool, (one) => accounts.create(one, { language: 'th' }))
  const level = { ial: '2.3', aal: '2.2' }
  return { account: id, name: 'P', session: 's', level, authenticatedAt: ground.clock() }
}

const outcomeOf = (tried: Promise<unknown>) =>
  tried.then(
    () => 'done',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  )

describe('what waits for a person', () => {
  it('says in both languages where nothing does', async () => {
    const who = await someone()
    expect(shown(await visit(who, ['GET', '/me/waiting']))).toContain('Nothing waits for you')
    expect(shown(await visit(who, ['GET', '/me/waiting'], { language: 'th' }))).toContain('ไม่มีคำขอ')
  })

  it('shows who asks, what for, and what both screens say', async () => {
    const who = await someone()
    const { id } = await ask(who.account)
    expect(shown(await visit(who, ['GET', '/me/waiting']))).toContain(`href="/me/waiting/${id}"`)
    const page = shown(await visit(who, ['GET', `/me/waiting/${id}`]))
    for (const said of ['Tax app', 'Revenue Department', 'W4SCT &lt;b>']) expect(page).toContain(said)
  })

  it.each([
    ['approve', 'approve', 'approved'],
    ['deny', 'deny', 'denied'],
    // Anything but a clear yes.
    ['', 'deny', 'denied'],
  ])('carries the answer “%s” as %s with the level of who gives it', async (answer, decision, said) => {
    const who = await someone()
    const { id } = await ask(who.account)
    const led = await visit(who, ['POST', `/me/waiting/${id}`], { form: { answer } })
    expect(shown(led)).toBe(`to /me/waiting?done=${said}`)
    expect(carried.at(-1)).toMatchObject({ decision, by: { session: 's', level: who.level } })
    expect(await backchannel.pendingOf(who.account)).toEqual([])
  })

  it('is answered once, in time, by that person, and only where it is a sign-in', async () => {
    const [who, other] = [await someone(), await someone()]
    const [first, late, helper] = [
      await ask(who.account),
      await ask(who.account),
      await ask(who.account, 'helper'),
    ]
    const form = { answer: 'approve' }
    const answer = (one: Visitor, { id }: Question) =>
      outcomeOf(visit(one, ['POST', `/me/waiting/${id}`], { form }))
    expect(await answer(other, first)).toBe('question-unknown')
    expect(await answer(who, helper)).toBe('question-unknown')
    expect(await answer(who, first)).toBe('done')
    expect(await answer(who, first)).toBe('question-unknown')
    ground.pass(301_000)
    expect(await answer(who, late)).toBe('question-unknown')
  })
})
