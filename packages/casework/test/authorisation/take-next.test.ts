import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deskTaskRoutes, type Officer } from '../../src/index.ts'
import { agency, days, duty, type Office, office, officer } from '../office.ts'

let here: Office
let next: (who: Officer) => Promise<string>
beforeAll(async () => {
  here = await office()
  const routes = deskTaskRoutes<Officer, string>({
    casework: here.casework,
    officers: { nameOf: async () => undefined },
    days,
    clock: () => here.at,
    names: { kinds: {}, duties: {}, agency: () => ({ th: '', en: '' }) },
    needs: 'in',
    officerOf: (who) => who,
  })
  const route = routes.find(({ method, path }) => method === 'POST' && path === '/desk/tasks/next')
  next = async (who) => {
    const answer = await route?.handle({
      method: 'POST',
      path: '/desk/tasks/next',
      parameters: {},
      query: new URLSearchParams(),
      form: new URLSearchParams(),
      language: 'th',
      who,
      formKey: null,
      userAgent: '',
      address: '',
    })
    return answer?.kind === 'redirect' ? answer.to : 'no redirect'
  }
})
afterAll(async () => await here[Symbol.asyncDispose]())

const none = '/desk/tasks?show=open'

describe('taking the most urgent task (POST /desk/tasks/next)', () => {
  it('gives nothing to another agency, to another duty, or to whom it is about', async () => {
    const about = officer()
    const { id } = await here.open({ subject: about.account })
    expect(await next(officer({ agency: 'TH/GOV/DBD' }))).toBe(none)
    expect(await next(officer({ duties: ['tax-audit'] }))).toBe(none)
    expect(await next(about)).toBe(none)
    expect(await next(officer({ agency, duties: [duty] }))).toBe(`/desk/tasks/${id}?done`)
  })

  it('gives each task to one officer, however many press at once', async () => {
    await here.open()
    const both = await Promise.all([next(officer()), next(officer())])
    expect(both.filter((to) => to === none)).toHaveLength(1)
  })
})
