import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { register } from '../prefill/register.ts'
import { sampleDefinition } from '../sample/definition.ts'
import { Browser } from './browser.ts'
import { factsSite } from './facts-site.ts'

const path = '/services/school-bus-card/check'
const born = { 'birthDate-day': '28', 'birthDate-month': '2', 'birthDate-year': '1990' }

async function nobody(site: { readonly origin: string }): Promise<Browser> {
  const who = new Browser(site.origin, '')
  await who.open(`${path}?lang=en`)
  return who
}

describe('whether a service is for somebody, before they sign in', () => {
  it('is asked on one page, with only what the conditions need', async () => {
    await using there = await register({})
    await using site = await factsSite(sampleDefinition(), there)
    const { page } = await nobody(site)
    expect([page.status, page.path]).toEqual([200, `${path}?lang=en`])
    for (const label of ['Date of birth', 'Monthly income', 'Does the bus pick up elsewhere?'])
      expect(page.text).toContain(label)
    expect(page.text).not.toContain('Phone')
  })

  it('is answered condition by condition, with what decided, the law, and what else can be done', async () => {
    await using there = await register({})
    await using site = await factsSite(sampleDefinition(), there)
    const who = await nobody(site)
    const young = { ...born, 'birthDate-year': '2015', income: '1000', livesElsewhere: 'no' }
    const { text, html } = await who.send(young)
    expect(text).toContain('From your answers, a condition is not met')
    expect(text).toContain('Date of birth: 28 Feb 2015')
    expect(text).toContain('Whoever is not of age lets a parent apply.')
    expect(text).toContain('Monthly income: 1,000.00 baht')
    expect(text).toContain('Made-up Act section 12')
    expect(html).not.toContain('school-bus-card/apply')
  })

  it('says yes, and leads on to applying', async () => {
    await using there = await register({})
    await using site = await factsSite(sampleDefinition(), there)
    const who = await nobody(site)
    const { text, html } = await who.send({ ...born, livesElsewhere: 'yes' })
    expect(text).toContain('From your answers, you can use this service')
    expect(html).toContain('/services/school-bus-card/apply')
  })

  it('leads on to applying where an officer looks at what is not met', async () => {
    await using there = await register({})
    await using site = await factsSite(sampleDefinition(), there)
    const who = await nobody(site)
    const { text, html } = await who.send({ ...born, income: '900,000', livesElsewhere: 'no' })
    expect(text).toContain('An officer looks at your case.')
    expect(html).toContain('/services/school-bus-card/apply')
  })

  it('says what is not known where answers are left out', async () => {
    await using there = await register({})
    await using site = await factsSite(sampleDefinition(), there)
    const who = await nobody(site)
    const { text } = await who.send({})
    expect(text).toContain('Your answers are not enough to say')
    expect(text).toContain('It depends on Date of birth')
  })

  it('says what is wrong with an answer, and judges nothing until it is right', async () => {
    await using there = await register({})
    await using site = await factsSite(sampleDefinition(), there)
    const who = await nobody(site)
    const { status, text } = await who.send({ ...born, 'birthDate-day': '31' })
    expect(status).toBe(422)
    expect(text).toContain('There is something to mend')
    expect(text).not.toContain('From your answers')
  })

  it('keeps nothing: no address has an answer, no log line, and the next page knows of none', async () => {
    await using there = await register({})
    await using site = await factsSite(sampleDefinition(), there)
    const who = await nobody(site)
    const sent = await who.send({ ...born, income: '98765' })
    expect(sent.path).toBe(path)
    expect((await who.open(path)).html).not.toContain('98,765')
    expect(there.lines.join()).not.toContain('98765')
  })

  it('bears any text in any field', async () => {
    await using there = await register({})
    await using site = await factsSite(sampleDefinition(), there)
    const who = await nobody(site)
    const { page } = who
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.string({ maxLength: 20 }),
        async (a, b) => {
          const { status } = await who.send(
            { income: a, livesElsewhere: b, 'birthDate-year': a, 'birthDate-day': b },
            { page },
          )
          expect([200, 400, 422]).toContain(status)
        },
      ),
      { numRuns: 30 },
    )
  })
})
