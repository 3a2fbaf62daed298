import { fileURLToPath } from 'node:url'
import { loadCountry, servicesFolder } from '@sapan/thailand'
import { describe, expect, it } from 'vitest'
import { checkFolder } from '../../src/definition/folder.ts'
import { operationsOf } from '../../src/definition/openapi/operations.ts'
import { termsOf } from '../../src/definition/openapi/schema-path.ts'
import { countryDefinitions } from './definitions.ts'
import { countryReferences } from './references.ts'

const services = [
  'birth-registration',
  'change-of-address',
  'house-registration-copy',
  'income-tax-return',
  'ninety-day-report',
  'vat-registration',
]

describe("the country's services", () => {
  it('are six, and nothing stands against any of them', async () => {
    const entries = await checkFolder(fileURLToPath(servicesFolder()), countryReferences())
    expect(entries.map(({ service }) => service)).toEqual(services)
    expect(entries.flatMap(({ findings }) => findings)).toEqual([])
  })

  it('say in both languages what people say, at least five times each', async () => {
    for (const { id, says } of (await countryDefinitions()).current()) {
      expect(says.th.length, id).toBeGreaterThanOrEqual(5)
      expect(says.en.length, id).toBeGreaterThanOrEqual(5)
      expect(new Set(says.th).size, id).toBe(says.th.length)
      expect(
        says.en.filter((one) => /[฀-๿]/.test(one)),
        id,
      ).toEqual([])
    }
  })

  it('show all that a birth notice says of the child and the parents before it is used', async () => {
    const birth = (await countryDefinitions()).current().find(({ id }) => id === 'birth-registration')
    const { service, operation, fields, shows } = birth?.evidence[0] ?? {}
    const document = countryReferences().services.get(service ?? '') ?? null
    const described = operationsOf(document).find(({ id }) => id === operation)
    const isWithin = (path: string) => (outer: string) => path === outer || path.startsWith(`${outer}.`)
    const taken = termsOf(document, described?.answer)
      .map(({ path }) => path)
      .filter((path) => fields?.some(isWithin(path)))
    expect(taken).toContain('notices.weight')
    const shown = shows?.map(({ field }) => field) ?? []
    expect(taken.filter((path) => !shown.some(isWithin(path)))).toEqual([])
  })

  it('end with a signed document, can be appealed, and change a register', async () => {
    for (const { id, outputs, workflow } of (await countryDefinitions()).current()) {
      expect(outputs.length, id).toBeGreaterThan(0)
      expect(workflow.effects.length, id).toBeGreaterThan(0)
      expect(workflow.appeal?.days, id).toBe(id === 'income-tax-return' ? 30 : 15)
      for (const decision of workflow.decisions)
        if (!decision.favours) expect(decision.reasons.length, `${id} ${decision.id}`).toBeGreaterThan(0)
      const favoured = workflow.decisions.find(({ favours }) => favours)
      expect(favoured?.effects.length, id).toBeGreaterThan(0)
      expect(favoured?.outputs.length, id).toBeGreaterThan(0)
    }
  })

  it('cite laws that say of themselves that nobody has checked them yet', async () => {
    const laws = new Map(loadCountry().laws.map((law) => [law.code, law]))
    for (const { id, laws: cited } of (await countryDefinitions()).current())
      for (const { law } of cited) expect(laws.get(law)?.checked, `${id} ${law}`).toBe(false)
  })

  it('ask nothing of a register for a purpose that a company’s mandate does not cover', async () => {
    const { scopes } = loadCountry().identity.mandates
    for (const { id, applicant, evidence, workflow } of (await countryDefinitions()).current()) {
      const scope = scopes.find(({ code }) => code === applicant.scope)
      if (scope === undefined) continue
      for (const { purpose } of [...evidence, ...workflow.effects])
        expect(scope.purposes, `${id} ${purpose}`).toContain(purpose)
    }
  })
})
