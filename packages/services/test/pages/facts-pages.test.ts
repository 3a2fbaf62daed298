import { defineProblems, Problem } from '@sapan/kernel'
import { describe, expect, it } from 'vitest'
import { down, json, never, register } from '../prefill/register.ts'
import { sampleDefinition } from '../sample/definition.ts'
import { type FactsSite, factsSite, mali, noi, number } from './facts-site.ts'

const name = { title: 'นาง', givenName: 'มะลิ', familyName: 'ใจดี' }
const person = { name, birthDate: '1990-02-28', religion: 'ลับ' }
const children = {
  children: [
    {
      nationalId: '1101700207048',
      name: { title: 'ด.ช.', givenName: 'น้อย', familyName: 'ใจดี' },
      birthDate: '2018-05-01',
    },
  ],
}
type Answer = ReturnType<typeof json>

const unknownNow = defineProblems({
  'test-authority-unknown': {
    status: 503,
    title: { th: 'ตรวจอำนาจไม่ได้', en: 'The authority cannot be checked' },
    next: { th: 'ลองใหม่', en: 'Try again' },
  },
})

const answers = {
  [`/persons/${number}`]: json(person),
  [`/persons/${number}/children?youngerThan=18`]: json(children),
}

async function begun(site: FactsSite) {
  const who = site.browser()
  await who.open('/services/school-bus-card/apply?lang=en')
  await who.send()
  const [, base = '', id = ''] = /^(.*drafts\/([0-9a-f-]{36}))/.exec(who.page.path) ?? []
  const content = async () => (await site.drafts.find({ account: mali }, id)).content
  return { who, facts: `${base}/facts`, id, content }
}

describe('before registers are asked', () => {
  it('the page says what of whom, for what and under which law, and nobody is asked', async () => {
    await using there = await register(answers)
    await using site = await factsSite(sampleDefinition(), there)
    const { who, facts } = await begun(site)
    const { text, html } = await who.open(facts)
    for (const part of [
      'Department of Provincial Administration',
      'Name, Date of birth, Address',
      'Service to the citizen',
    ])
      expect(text).toContain(part)
    expect(text).toContain('Made-up Act section 12')
    expect(text).toContain('National number of the child')
    expect(html).not.toContain(' checked')
    expect(there.asked).toEqual([])
  })

  it('each piece of evidence needs a yes or a no', async () => {
    await using there = await register(answers)
    await using site = await factsSite(sampleDefinition(), there)
    const { who, facts } = await begun(site)
    await who.open(facts)
    const page = await who.send({ 'ask.person': 'yes' }, { action: '/ask' })
    expect([page.status, there.asked]).toEqual([422, []])
    expect(page.text).toContain('The people of your household: Choose whether')
  })

  it('what is declined is not asked for, and typed', async () => {
    await using there = await register(answers)
    await using site = await factsSite(sampleDefinition(), there)
    const { who, facts, content } = await begun(site)
    await who.open(facts)
    const page = await who.send({ 'ask.person': 'no', 'ask.household': 'no' }, { action: '/ask' })
    expect(there.asked).toEqual([])
    expect(page.text).toContain('You chose that it is not asked for.')
    expect((await content()).facts.person).toMatchObject({ state: 'declined' })
  })
})

describe('what registers say', () => {
  const asked = async (site: FactsSite) => {
    const begin = await begun(site)
    await begin.who.open(begin.facts)
    const page = await begin.who.send({ 'ask.person': 'yes', 'ask.household': 'yes' }, { action: '/ask' })
    return { ...begin, page }
  }

  it('is shown with its source, time and exchange number before it is used', async () => {
    await using there = await register(answers)
    await using site = await factsSite(sampleDefinition(), there)
    const { page, content } = await asked(site)
    expect(page.text).toContain('นางมะลิ ใจดี')
    expect(page.text).toContain('28 Feb 1990')
    expect(page.text).toContain('exchange-1')
    expect(page.html).toContain('/me/usage?agency=TH%2FGOV%2FDOPA')
    expect(page.text).not.toContain('ลับ')
    expect((await content()).answers).toEqual({})
  })

  it('fills in the form when the person says yes, and is forgotten when they say no', async () => {
    await using there = await register(answers)
    await using site = await factsSite(sampleDefinition(), there)
    const { who, content } = await asked(site)
    const page = await who.send({ 'use.person': 'yes', 'use.household': 'no' }, { action: '/use' })
    const { answers: filled, facts, marks } = await content()
    expect(filled).toMatchObject({ name, birthDate: '1990-02-28' })
    expect(marks.name).toMatchObject({ origin: 'register', evidence: 'person' })
    expect(facts.household).toEqual({
      state: 'fetched',
      agreed: false,
      askedAt: there.at,
      exchange: 'exchange-2',
    })
    expect(page.text).toContain('You chose not to use what the register says.')
    expect(page.text).not.toContain('น้อย')
  })

  it('of a list is taken from the register again where the person changed it, with their other answers', async () => {
    await using there = await register(answers)
    await using site = await factsSite(sampleDefinition(), there)
    const { who, content, facts } = await asked(site)
    await who.send({ 'use.person': 'yes', 'use.household': 'yes' }, { action: '/use' })
    const list = facts.replace('/facts', '/pages/children')
    expect((await who.open(list)).text).not.toContain('You changed this list')
    const before = (await content()).answers.children
    await who.open(`${list}/1`)
    await who.send({ 'childName-given': 'เปลี่ยน', school: 's1' })
    const page = await who.open(list)
    expect(page.text).toContain('You changed this list')
    expect(page.text).toContain('What the register says now (Department of Provincial Administration):')
    expect(JSON.stringify((await content()).answers.children)).toContain('เปลี่ยน')
    const again = await who.send({ list: 'register' })
    expect(again.text).not.toContain('You changed this list')
    const after = (await content()).answers.children
    expect(after).toMatchObject(before as object)
    expect(JSON.stringify(after)).toContain('"school":"s1"')
  })

  it('is not said to be silent where it was not asked, for whose authority it is cannot be known', async () => {
    await using there = await register(answers)
    Object.assign(there.ground.rooms, {
      actorToken: async () => {
        throw new Problem(unknownNow['test-authority-unknown'])
      },
    })
    await using site = await factsSite(sampleDefinition(), there)
    const { page, content } = await asked(site)
    expect(there.asked).toEqual([])
    expect((await content()).facts.person).toMatchObject({ state: 'unavailable', problem: 'unasked' })
    expect(page.text).toContain('Not asked yet: Department of Provincial Administration')
    expect(page.text).not.toContain('cannot be reached')
  })

  it.each(['en', 'th'])(
    'stays where it is asked for again and does not come, and in %s says so',
    async (lang) => {
      const at: Record<string, Answer> = { ...answers }
      await using there = await register(at)
      await using site = await factsSite(sampleDefinition(), there)
      const { who, content, facts } = await asked(site)
      await who.send({ 'use.person': 'yes', 'use.household': 'yes' }, { action: '/use' })
      const before = await content()
      at[`/persons/${number}`] = down
      await who.open(`${facts}?lang=${lang}`)
      const page = await who.send({ 'ask.person': 'yes' }, { action: '/ask' })
      expect(page.text).toContain(lang === 'en' ? 'Nothing is lost' : 'ไม่มีอะไรหายไป')
      expect((await content()).facts).toEqual(before.facts)
      expect((await who.open(facts)).text).not.toMatch(/Nothing is lost|ไม่มีอะไรหายไป/)
    },
  )

  it('that changed says what a no ends: what was used before as well', async () => {
    const at: Record<string, Answer> = { ...answers }
    await using there = await register(at)
    await using site = await factsSite(sampleDefinition(), there)
    const { who, content, page } = await asked(site)
    expect(page.text).toContain('We do not keep it.')
    await who.send({ 'use.person': 'yes', 'use.household': 'yes' }, { action: '/use' })
    at[`/persons/${number}`] = json({ ...person, birthDate: '1990-03-01' })
    const changed = await who.send({ 'ask.person': 'yes' }, { action: '/ask' })
    expect(changed.text).toContain('What was used before goes too')
    await who.send({ 'use.person': 'no' }, { action: '/use' })
    expect((await content()).answers).not.toHaveProperty('birthDate')
  })

  it('is forgotten when the person does not come back within an hour', async () => {
    await using there = await register(answers)
    await using site = await factsSite(sampleDefinition(), there)
    const { id, content, who, facts } = await asked(site)
    await site.forget(id)
    expect((await content()).facts.person).toHaveProperty('data')
    there.at += 3_600_001
    await site.forget(id)
    expect((await content()).facts).toEqual({})
    expect((await who.open(facts)).text).toContain('May it be asked for?')
  })

  it('is forgotten of a copy, which is one still', async () => {
    await using there = await register(answers)
    await using site = await factsSite(sampleDefinition(), there)
    const { id } = await asked(site)
    const draft = await site.drafts.find({ account: mali }, id)
    const { service, version, content } = draft
    const copied = { number: 'XX-2569-000001', answers: { school: 'โรงเรียนวัดใหม่' } }
    const copy = await site.drafts.create({ account: mali }, { service, version, content, copied })
    there.at += 3_600_001
    await site.forget(copy.id)
    const kept = await site.drafts.find({ account: mali }, copy.id)
    expect([kept.content.facts, kept.copied]).toEqual([{}, copied])
  })

  it('that changed is shown beside what was agreed to, and used only after a yes', async () => {
    let birthDate = '1990-02-28'
    await using there = await register({
      ...answers,
      [`/persons/${number}`]: (request, response) => json({ ...person, birthDate })(request, response),
    })
    await using site = await factsSite(sampleDefinition(), there)
    const { who, content, facts } = await asked(site)
    await who.send({ 'use.person': 'yes', 'use.household': 'yes' }, { action: '/use' })
    birthDate = '1990-03-01'
    await who.open(facts)
    const page = await who.send({ 'ask.person': 'yes' }, { action: '/ask' })
    expect(page.text).toContain('It is not as it was last time')
    expect(page.text).toContain('28 Feb 1990 1 Mar 1990')
    expect((await content()).answers.birthDate).toBe('1990-02-28')
    await who.send({ 'use.person': 'yes' }, { action: '/use' })
    expect((await content()).answers.birthDate).toBe('1990-03-01')
  })

  it('of another person is not there', async () => {
    await using there = await register(answers)
    await using site = await factsSite(sampleDefinition(), there)
    const { facts, who } = await asked(site)
    const other = site.browser(noi)
    expect((await other.open(facts)).status).toBe(404)
    expect((await other.open(`${facts}/wrong/person/birthDate`)).status).toBe(404)
    expect((await who.open(`${facts}/wrong/person/religion`)).status).toBe(404)
    expect((await who.open(`${facts}/wrong/constructor/__proto__`)).status).toBe(404)
    expect(there.lines.join()).toContain('a draft of somebody else was asked for')
  })
})

describe('registers that are down or slow', () => {
  it('keep nobody from going on: the field is typed, and compared when they answer', async () => {
    let isUp = false
    await using there = await register({
      ...answers,
      [`/persons/${number}`]: (request, response) => (isUp ? json(person)(request, response) : down(request)),
      [`/persons/${number}/children?youngerThan=18`]: never,
    })
    await using site = await factsSite(sampleDefinition(), there)
    const { who, facts, content, id } = await begun(site)
    await who.open(facts)
    const page = await who.send({ 'ask.person': 'yes', 'ask.household': 'yes' }, { action: '/ask' })
    expect(page.text).toContain('A register cannot be reached now: Department of Provincial Administration')
    expect(page.text).toContain('It did not answer in time.')
    expect(page.text).toContain('Go on with the form')
    const draft = await site.drafts.find({ account: mali }, id)
    await site.drafts.save(draft, { ...draft.content, answers: { birthDate: '1990-02-27' } })
    isUp = true
    await who.open(facts)
    await who.send({ 'ask.person': 'yes' }, { action: '/ask' })
    const agreed = await who.send({ 'use.person': 'yes' }, { action: '/use' })
    expect(agreed.text).toContain('You wrote something else than a register says')
    expect((await content()).answers.birthDate).toBe('1990-02-27')
    await who.send({ field: 'birthDate' }, { action: '/take' })
    expect((await content()).answers.birthDate).toBe('1990-02-28')
    expect((await content()).marks.birthDate).toMatchObject({ origin: 'register' })
  })

  it('of one owner that fail alike are said once, each with its own way to ask again', async () => {
    const still = { [`/persons/${number}`]: never, [`/persons/${number}/children?youngerThan=18`]: never }
    await using there = await register(still)
    await using site = await factsSite(sampleDefinition(), there)
    const { who, facts } = await begun(site)
    await who.open(facts)
    const { text, html } = await who.send({ 'ask.person': 'yes', 'ask.household': 'yes' }, { action: '/ask' })
    expect(text.split('A register cannot be reached now').length - 1).toBe(1)
    for (const id of ['person', 'household']) expect(html).toContain(`name="ask.${id}" value="yes"`)
    expect(text).toContain(': The people of your household')
  })
})

describe('a list of a register', () => {
  const second = { ...children.children[0], name: { title: 'ด.ญ.', givenName: 'นิด', familyName: 'ใจดี' } }
  it('has the rows of each entry together, under the name of whom they are about', async () => {
    await using there = await register({
      ...answers,
      [`/persons/${number}/children?youngerThan=18`]: json({ children: [children.children[0], second] }),
    })
    await using site = await factsSite(sampleDefinition(), there)
    const { who, facts } = await begun(site)
    await who.open(facts)
    const { html } = await who.send({ 'ask.person': 'yes', 'ask.household': 'yes' }, { action: '/ask' })
    const titles = [...html.matchAll(/<h4>([^<]*)<\/h4>/g)].map(([, title]) => title)
    expect(titles).toEqual(['Entry 1: ด.ช.น้อย ใจดี', 'Entry 2: ด.ญ.นิด ใจดี'])
    expect(html).toMatch(/aria-label="This is wrong: [^"]+ \(2\)"/)
  })
})

describe('a value that is wrong', () => {
  it('becomes one task at the register’s owner, which the person sees, and may be typed', async () => {
    await using there = await register(answers)
    await using site = await factsSite(sampleDefinition(), there)
    const { who, facts, content } = await begun(site)
    await who.open(facts)
    await who.send({ 'ask.person': 'yes', 'ask.household': 'yes' }, { action: '/ask' })
    await who.send({ 'use.person': 'yes', 'use.household': 'yes' }, { action: '/use' })
    const path = `${facts}/wrong/person/name`
    const form = await who.open(path)
    expect(form.text).toContain('answer within 15 working days')
    expect((await who.send({ words: '  ' })).status).toBe(422)
    await who.open(path)
    const done = await who.send({ words: 'ชื่อ <b>มาลี</b>' })
    await who.send({ words: 'อีกครั้ง' }, { page: form })
    expect(done.text).toContain('The agency has been told')
    const [task, ...more] = await site.casework.stateFor(mali)
    expect(more).toEqual([])
    expect(task).toMatchObject({ agency: 'TH/GOV/DOPA', kind: 'register-dispute' })
    const { marks } = await content()
    expect(marks.name).toMatchObject({ origin: 'register', dispute: task?.id })
    expect(marks.birthDate).not.toHaveProperty('dispute')
    expect((await who.open('/me/questions')).text).toContain('A person says that a register is wrong')
    expect((await who.open(facts)).html).toContain(`/me/questions/${task?.id}`)
    const asked = await who.open(`/me/questions/${task?.id}`)
    expect(asked.text).toContain('You told them')
    expect(asked.text).toContain('ชื่อ <b>มาลี</b>')
    expect(asked.html).not.toContain('<b>มาลี')
  })
})
