import { describe, expect, it } from 'vitest'
import type { Facts } from '../../src/application/fact.ts'
import type { Evidence, ServiceDefinition } from '../../src/definition/definition.ts'
import { askAgain } from '../../src/prefill/again.ts'
import type { Asker } from '../../src/prefill/asker.ts'
import { fetchFacts } from '../../src/prefill/fetch.ts'
import { sampleDefinition } from '../sample/definition.ts'
import { cel, content, evidence, fetched } from './made.ts'
import { down, json, never, register } from './register.ts'

const me: Asker = { kind: 'applicant', account: 'a', session: 's', level: { ial: '2.3', aal: '2.2' } }
const number = '1234567890121'

function service(...pieces: Evidence[]): ServiceDefinition {
  return { ...sampleDefinition(), evidence: pieces }
}

const person = evidence('person', { fields: ['name', 'house.code', 'children.birthDate'] })
const house = evidence('house', { parameters: { id: cel('facts.person.house.code') }, fields: ['road'] })

describe('registers', () => {
  it('are asked as the service’s subsystem, by the applicant’s token, for the purpose', async () => {
    await using there = await register({ [`/person/${number}`]: json({ name: 'มาลี' }) })
    const facts = await fetchFacts(there.ground, service(person), content(), me)
    expect(there.asked).toEqual([
      {
        consumer: 'TH/GOV/DGA/portal',
        service: person.service,
        method: 'GET',
        path: `/person/${number}`,
        purpose: 'tests',
        actor: 'token-1',
      },
    ])
    expect(there.tokens).toMatchObject([{ account: 'a', member: 'TH/GOV/DGA', session: 's', parameters: {} }])
    expect(facts.person).toEqual({
      state: 'fetched',
      askedAt: there.at,
      exchange: 'exchange-1',
      data: { name: 'มาลี' },
    })
  })

  it('are asked under the mandate and the service’s scope where somebody acts for another', async () => {
    await using there = await register({})
    const applicant = { ...content().applicant, mandate: 'm1' }
    await fetchFacts(there.ground, service(person), content({ applicant }), me)
    expect(there.tokens[0]?.parameters).toEqual({ mandate: 'm1', scope: 'apply' })
  })

  it('are believed in what the definition takes, and nothing else stays', async () => {
    const told = {
      name: 'มาลี',
      religion: 'x',
      house: { code: 'H1', owner: 'y' },
      children: [{ birthDate: '2020-01-01', nationalId: '1' }, 'z'],
    }
    await using there = await register({ [`/person/${number}`]: json(told) })
    const { person: fact } = await fetchFacts(there.ground, service(person), content(), me)
    expect(fact?.data).toEqual({
      name: 'มาลี',
      house: { code: 'H1' },
      children: [{ birthDate: '2020-01-01' }, 'z'],
    })
  })

  it('are asked after those by whose answers they are asked', async () => {
    await using there = await register({
      [`/person/${number}`]: json({ house: { code: 'H/1' } }),
      '/house/H%2F1': json({ road: 'ราชดำเนิน' }),
    })
    const facts = await fetchFacts(there.ground, service(house, person), content(), me)
    expect(there.asked.map(({ path }) => path)).toEqual([`/person/${number}`, '/house/H%2F1'])
    expect(facts.house?.data).toEqual({ road: 'ราชดำเนิน' })
  })

  it('are asked by another operation for who is known by another kind of number', async () => {
    const passport = 'GBR:SMT000001'
    await using there = await register({ '/passports/GBR%3ASMT000001': json({ name: 'Emily' }) })
    const byPassport = {
      operation: 'byPassport',
      path: '/passports/{passport}',
      parameters: { passport: cel('applicant.id') },
      query: {},
    }
    const both = service({ ...person, byScheme: { passport: byPassport } })
    const applicant = { ...content().applicant, scheme: 'passport', id: passport } as const
    const facts = await fetchFacts(there.ground, both, content({ applicant }), me)
    await fetchFacts(there.ground, both, content(), me)
    expect(facts.person?.data).toEqual({ name: 'Emily' })
    expect(there.asked.map(({ path }) => path)).toEqual(['/passports/GBR%3ASMT000001', `/person/${number}`])
  })

  it('are not asked by what would name another path', async () => {
    await using there = await register({})
    const facts = await fetchFacts(
      there.ground,
      service(person),
      content({ applicant: { ...content().applicant, id: '..' } }),
      me,
    )
    expect([there.asked, facts]).toEqual([[], {}])
  })

  it('that are asked by each other are not asked, and keep nobody waiting', async () => {
    await using there = await register({})
    const circle = [
      evidence('person', { parameters: { id: cel('facts.house.owner') } }),
      evidence('house', { parameters: { id: cel('facts.person.house') } }),
    ]
    expect(await fetchFacts(there.ground, service(...circle), content(), me)).toEqual({})
  })

  it('are asked all at once where none needs another', async () => {
    let waiting = 0
    const both = Promise.withResolvers<void>()
    const meet = (name: string) => async (_: unknown, response: Parameters<ReturnType<typeof json>>[1]) => {
      waiting += 1
      if (waiting === 2) both.resolve()
      await both.promise
      json({ name })(response.req, response)
    }
    await using there = await register({ [`/person/${number}`]: meet('a'), [`/work/${number}`]: meet('b') })
    const facts = await fetchFacts(
      there.ground,
      service(person, evidence('work', { fields: ['name'] })),
      content(),
      me,
    )
    expect([facts.person?.data, facts.work?.data]).toEqual([{ name: 'a' }, { name: 'b' }])
  })

  it('are asked only where it concerns the application, and what does no more is forgotten', async () => {
    await using there = await register({})
    const company = { ...person, when: cel('applicant.kind == "company"') }
    const facts = await fetchFacts(
      there.ground,
      service(company),
      content({ facts: { person: fetched({}) } }),
      me,
    )
    expect([there.asked, facts]).toEqual([[], {}])
  })

  it('say by a 404 that there is nothing, where the definition says so', async () => {
    await using there = await register({})
    const none = evidence('work', { none: { employments: [] } })
    const facts = await fetchFacts(there.ground, service(person, none), content(), me)
    expect(facts.work).toMatchObject({ state: 'none', exchange: expect.any(String) })
    expect(facts.person).toMatchObject({ state: 'unavailable', problem: 'refused' })
  })
})

describe('a register that is slow, down or says what nobody can read', () => {
  it('is unavailable, and the others come all the same', async () => {
    await using there = await register({
      [`/slow/${number}`]: never,
      [`/down/${number}`]: down,
      [`/odd/${number}`]: json('text'),
      [`/huge/${number}`]: json({ name: 'ก'.repeat(300_000) }),
      [`/person/${number}`]: json({ name: 'มาลี' }),
    })
    const pieces = ['slow', 'down', 'odd', 'huge'].map((id) => evidence(id, { fields: ['name'] }))
    const facts = await fetchFacts(there.ground, service(...pieces, person), content(), me, { patience: 200 })
    expect(
      Object.fromEntries(Object.entries(facts).map(([id, fact]) => [id, fact.problem ?? fact.state])),
    ).toEqual({
      slow: 'late',
      down: 'failed',
      odd: 'failed',
      huge: 'failed',
      person: 'fetched',
    })
  })

  it('keeps the page no longer than all together may take', async () => {
    await using there = await register({ [`/person/${number}`]: never })
    const facts = await fetchFacts(there.ground, service(person, house), content(), me, { altogether: 50 })
    expect(facts).toMatchObject({ person: { state: 'unavailable', problem: 'late' } })
  })

  it('takes nothing away of what was agreed to before', async () => {
    await using there = await register({ [`/person/${number}`]: down })
    const facts: Facts = { person: fetched({ name: 'มาลี' }) }
    expect(await fetchFacts(there.ground, service(person), content({ facts }), me)).toEqual(facts)
  })

  it('leaves no personal data in the log', async () => {
    await using there = await register({ [`/person/${number}`]: down })
    await fetchFacts(there.ground, service(person), content(), me)
    expect(there.lines.join()).toContain('test-register-down')
    expect(there.lines.join()).not.toContain(number)
  })
})

describe('asked again', () => {
  it('the same answer keeps the person’s yes, with the new number', async () => {
    await using there = await register({ [`/person/${number}`]: json({ name: 'มาลี' }) })
    const before = { person: fetched({ name: 'มาลี' }) }
    const facts = await fetchFacts(there.ground, service(person), content({ facts: before }), me)
    expect(facts.person).toMatchObject({ agreed: true, exchange: 'exchange-1' })
  })

  it('another answer waits for a yes of its own, beside what was agreed to', async () => {
    await using there = await register({ [`/person/${number}`]: json({ name: 'มาลี ใหม่' }) })
    const before = { person: fetched({ name: 'มาลี' }) }
    const { person: fact } = await fetchFacts(there.ground, service(person), content({ facts: before }), me)
    expect(fact).toMatchObject({
      data: { name: 'มาลี ใหม่' },
      before: { data: { name: 'มาลี' }, exchange: 'x1' },
    })
    expect(fact).not.toHaveProperty('agreed')
  })

  it('ends a dispute where the register was put right', async () => {
    await using there = await register({
      [`/person/${number}`]: json({ name: 'มาลี', house: { code: 'H2' } }),
    })
    const before = fetched(
      { name: 'มาลี', house: { code: 'H1' } },
      { disputes: { name: 't1', 'house.code': 't2' } },
    )
    const facts = await fetchFacts(there.ground, service(person), content({ facts: { person: before } }), me)
    expect(facts.person?.disputes).toEqual({ name: 't1' })
  })
})

describe('at the decision', () => {
  const label = { th: 'ชื่อ', en: 'Name' }
  const again = service({ ...person, again: true, shows: [{ field: 'name', label }] }, house)
  const system: Asker = { kind: 'system', case: 'DGA-2569-000001' }

  it('only what is to be asked again is, by the system with the number of the case', async () => {
    await using there = await register({ [`/person/${number}`]: json({ name: 'มาลี ใหม่' }) })
    const facts = { person: fetched({ name: 'มาลี', house: { code: 'H1' } }) }
    const found = await askAgain(there.ground, again, content({ facts }), system)
    expect(there.asked).toMatchObject([{ path: `/person/${number}`, issue: 'DGA-2569-000001' }])
    expect(there.asked[0]).not.toHaveProperty('actor')
    expect(found.differences).toEqual([
      { evidence: 'person', label, of: 'register', before: 'มาลี', now: 'มาลี ใหม่' },
    ])
    expect(found.asked).toMatchObject([{ evidence: 'person', exchange: 'exchange-1' }])
  })

  it('an officer asks under their appointment; one of another agency lets the system ask', async () => {
    await using there = await register({})
    const officer = {
      ...me,
      kind: 'officer',
      appointment: 'p',
      agency: 'TH/GOV/DGA',
      duty: 'registrar',
      case: 'c',
    } as const
    await askAgain(there.ground, again, content(), officer)
    expect(there.tokens[0]?.parameters).toEqual({ appointment: 'p', scope: 'registrar', case: 'c' })
    await askAgain(there.ground, again, content(), { ...officer, agency: 'TH/GOV/DOPA' })
    expect(there.asked.map(({ actor, issue }) => actor ?? issue)).toEqual(['token-1', 'c'])
  })

  it('a register that does not answer is named, and nothing is said to differ', async () => {
    await using there = await register({ [`/person/${number}`]: down })
    const facts = { person: fetched({ name: 'มาลี' }) }
    const found = await askAgain(there.ground, again, content({ facts }), system)
    expect(found).toEqual({ differences: [], silent: ['person'], asked: [] })
  })

  it('what was typed is compared where the register had not answered', async () => {
    await using there = await register({
      [`/person/${number}`]: json({ name: { title: 'นาง', givenName: 'มาลี', familyName: 'ใจดี' } }),
    })
    const typed = { name: { title: 'นาง', givenName: 'มาลัย', familyName: 'ใจดี' } }
    const facts: Facts = { person: { state: 'unavailable', askedAt: 1, problem: 'late' } }
    const found = await askAgain(there.ground, again, content({ facts, answers: typed }), system)
    expect(found.differences).toMatchObject([{ of: 'applicant', field: 'name', before: typed.name }])
  })
})
