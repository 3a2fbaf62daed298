import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fieldTypes } from '../../src/definition/form.ts'
import { carryOut } from '../../src/effects/carry-out.ts'
import { field, page, text } from '../form/made.ts'
import { evidence } from '../prefill/made.ts'
import { boatLicence } from '../submission/made.ts'
import { monday, officer } from '../submission/office.ts'
import { type ApiOffice, any, mali, openApiOffice } from './office.ts'

const options = ['a', 'b'].map((value) => ({ value, text: text(value) }))
const fields = fieldTypes.map((type) => field(type, { id: `of-${type}`, label: text(type), options }))

let api: ApiOffice
/** An operation by which a program writes, where something of its own is there to be written. */
interface Operation {
  readonly method: string
  at: string
  /** What it writes, made anew once it is spent. */
  readonly renew?: () => Promise<string>
}
let operations: readonly Operation[] = []
beforeAll(async () => {
  const { form, fee: _, ...others } = boatLicence()
  const repeat = { min: 0, max: 3, one: text('Sail'), titleField: 'of-text' }
  const pages = [...form.pages, page('all', fields), page('sails', fields, { repeat })]
  const person = evidence('person', { fields: ['name'] })
  api = await openApiOffice({ ...others, evidence: [person], form: { ...form, pages } })
  Object.assign(api.office.ground.rooms, { officers: { holdersOf: async () => [] } })
  const fact = {
    state: 'fetched',
    askedAt: monday,
    agreed: true,
    exchange: 'x',
    data: { name: 'มะลิ' },
  } as const
  const { id } = await api.office.draft({ facts: { person: fact } })
  const service = '/api/services/boat-licence'
  const draft = `${service}/drafts/${id}`
  const post = (at: string) => ({ method: 'POST', at })
  const act = async (doing: string, made: () => Promise<string>) => {
    const renew = async () => `/api/applications/${await made()}/${doing}`
    return { ...post(await renew()), renew }
  }
  operations = [
    ...[`${service}/eligibility`, `${service}/drafts`, `${draft}/facts`, `${draft}/files`].map(post),
    ...[`${draft}/facts/person/disputes`, `${draft}/submit`].map(post),
    ...['boat', 'all', 'sails'].map((one) => ({ method: 'PUT', at: `${draft}/pages/${one}` })),
    await act('reply', awaiting),
    await act('appeal', refused),
    await act('withdraw', awaiting),
  ]
})
afterAll(() => api?.[Symbol.asyncDispose]())

async function taken() {
  const { submit, draft, cases } = api.office
  const id = await submit(await draft({ done: ['boat', 'partner', 'all', 'sails'] }))
  const { caseVersion } = await cases.read(officer, id)
  const { caseVersion: version } = await cases.take(officer, { case: id, version: caseVersion })
  return { case: id, version }
}

async function awaiting(): Promise<string> {
  const seen = await taken()
  const paths = fields.map(({ id }) => id)
  await api.office.cases.ask(officer, seen, 'x', { fields: paths, files: ['x'] })
  return seen.case
}

async function refused(): Promise<string> {
  const seen = await taken()
  const reasons = [{ id: 'unsafe', words: 'x' }]
  await api.office.cases.decide(officer, seen, { outcome: 'refused', favours: false, reasons, inputs: {} })
  await carryOut(api.office.ground, seen.case)
  return seen.case
}

const strange = fc.constantFrom(
  ...['\0', '\ud800', '\u202e', '__proto__', 'constructor', '1e999', '2026-02-30', '=cmd|', '٣', '\ufffd'],
)
const names = fc.oneof(
  fc.constantFrom('text', 'path', 'answers', 'items', 'ask', 'use', 'declared', 'toString', '__proto__'),
  fc.constantFrom(...fields.map(({ id }) => id), 'sails.0.of-text', 'givenName', 'subdistrictCode', 'person'),
  strange,
  fc.string({ maxLength: 5 }),
)
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(strange, fc.string(), fc.double(), fc.maxSafeInteger(), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(names, tie('value')), { maxLength: 5 }).map((pairs) => Object.fromEntries(pairs)),
  ),
}))
const answersOf = fc
  .array(fc.tuple(fc.constantFrom(...fields.map(({ id }) => id)), value), { maxLength: 8 })
  .map((pairs) => Object.fromEntries(pairs))
const deep = fc
  .nat({ max: 20_000 })
  .map((times) => `{"answers":{"of-choices":${'['.repeat(times)}${']'.repeat(times)}}}`)
/** Bodies that reach far into a reader, and such as no reader knows. */
const body = fc.oneof(
  fc.record({ text: value, answers: answersOf }, { requiredKeys: [] }).map((one) => JSON.stringify(one)),
  fc.record({ items: fc.array(answersOf, { maxLength: 4 }) }).map((one) => JSON.stringify(one)),
  fc.record({ path: value, text: value }).map((one) => JSON.stringify(one)),
  value.map((one) => JSON.stringify(one) ?? ''),
  fc.string(),
  deep,
)

describe('whatever a program sends to what writes', () => {
  it('is taken, or refused in words that programs read; it is never a fault', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), body, async (at, sent) => {
        const operation = operations[at % operations.length]
        if (operation === undefined) throw new Error('there is no operation')
        const { method } = operation
        const answer = await api.call(operation.at, { method, body: sent, as: mali, headers: any })
        const told = `${method} ${operation.at} ${sent.slice(0, 300)}`
        expect(answer.status, told).toBeLessThan(500)
        if (answer.status === 200 && operation.renew) operation.at = await operation.renew()
        if (answer.status >= 400) expect(answer.type, told).toBe('application/problem+json')
      }),
      { numRuns: 600 },
    )
  })

  it('also where a list holds what has no text', async () => {
    const at = operations.find((one) => one.at.endsWith('/pages/all'))?.at ?? ''
    for (const odd of [{ toString: 1, valueOf: 1 }, [[['a']]], null]) {
      const sent = { answers: { 'of-choices': [odd] } }
      const { status, value } = await api.call(at, { method: 'PUT', body: sent, as: mali, headers: any })
      expect([status, value.errors?.[0].pointer]).toEqual([422, '/answers/of-choices'])
    }
  })
})
