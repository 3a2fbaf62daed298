import type { SiteRequest } from '@sapan/ui'
import { describe, expect, it } from 'vitest'
import { deskExchangeRoutes } from '../../src/index.ts'

const asked: string[] = []
const place = (name: string) => ({
  kind: 'gateway' as const,
  name,
  origin: `http://${name}.example`,
  link: async () => {
    asked.push(name)
    return `http://${name}.example/operator/sign-in/secret`
  },
})
const places: Readonly<Record<string, ReturnType<typeof place>[]>> = { somsri: [place('dopa')], malee: [] }
const needs = { duties: ['exchange-operator'] }
const routes = deskExchangeRoutes<string, typeof needs>({ needs, placesOf: async (who) => places[who] ?? [] })

const call = async (method: 'GET' | 'POST', who: string, form: Record<string, string> = {}) =>
  await routes
    .find((route) => route.method === method)
    ?.handle({
      method,
      path: '/desk/exchange',
      parameters: {},
      query: new URLSearchParams(),
      form: new URLSearchParams(form),
      language: 'th',
      who,
      formKey: null,
      userAgent: '',
      address: '',
    } satisfies SiteRequest<string>)

describe('opening the operator’s pages from the desk (POST /desk/exchange)', () => {
  it('takes the duty, on both of its pages', () => {
    expect(routes.map((route) => route.needs)).toEqual([needs, needs])
  })

  it('signs in who may, and only when they ask for it', async () => {
    expect(await call('GET', 'somsri')).toMatchObject({ kind: 'page', formTargets: ['http://dopa.example'] })
    expect(asked).toEqual([])
    expect(await call('POST', 'somsri', { place: 'dopa' })).toEqual({
      kind: 'redirect',
      to: 'http://dopa.example/operator/sign-in/secret',
    })
  })

  it.each([
    ['another agency’s gateway', 'malee', 'dopa'],
    ['one that is not there', 'somsri', 'rd'],
    ['none', 'somsri', ''],
  ])('is not for %s', async (_what, who, wanted) => {
    const before = asked.length
    await expect(call('POST', who, { place: wanted })).rejects.toMatchObject({ code: 'page-unknown' })
    expect(asked).toHaveLength(before)
  })
})
