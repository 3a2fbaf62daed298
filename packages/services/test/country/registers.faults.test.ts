import type { JsonValue } from '@sapan/casework'
import { sandboxPassportHolder, sandboxPerson, sandboxTraveller, UNREGISTERED_COMPANY } from '@sapan/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Applicant } from '../../src/application/application.ts'
import { planEffect } from '../../src/effects/request.ts'
import { openProblems } from '../../src/form/problems.ts'
import { valuesOf } from '../../src/form/values.ts'
import { inOrder, prepare } from '../../src/prefill/question.ts'
import { countryDefinitions } from './definitions.ts'
import * as people from './people.ts'
import { type LiveRegisters, liveRegisters } from './registers.ts'
import { decidedValues, documentOf, filledIn } from './whole-form.ts'

const today = '2026-11-21'

let registers: LiveRegisters

beforeAll(async () => {
  registers = await liveRegisters(Date.UTC(2026, 10, 21, 3))
}, 400_000)

afterAll(() => registers?.stop())

type Json = Readonly<Record<string, JsonValue>>

/** From what registers know to what they are told, and the document. */
async function through(
  service: string,
  { applicant, typed, outcome = 'granted' }: { applicant: Applicant; typed: Json; outcome?: string },
) {
  const definition = (await countryDefinitions()).find(service)
  if (definition === undefined) throw new Error(`there is no ${service}`)
  let facts: Json = {}
  for (const evidence of inOrder(definition)) {
    const content = filledIn({ definition, applicant, facts, typed, today })
    const asked = prepare(evidence, valuesOf(definition, content, today))
    if (asked.kind !== 'ask') continue
    const { status, body } = await registers.get(evidence.service, asked.path)
    if (status === 200) facts = { ...facts, [evidence.id]: body }
    else if (status !== 404) throw new Error(`${evidence.id}: ${status} ${JSON.stringify(body)}`)
  }
  const content = filledIn({ definition, applicant, facts, typed, today })
  const problems = openProblems(definition, content, today).map(({ page, field, text }) => [
    page,
    field,
    text.en,
  ])
  const rule = definition.workflow.decisions.find(({ id }) => id === outcome)
  let effects: Json = {}
  const statuses: Record<string, unknown> = {}
  for (const id of rule?.effects ?? []) {
    const effect = definition.workflow.effects.find((one) => one.id === id)
    if (effect === undefined || problems.length > 0) continue
    const values = decidedValues({ definition, content, today, decision: { fine: 0 }, effects })
    const plan = planEffect(definition, effect, values, 'RD-2569-000001')
    if (plan.kind === 'unknown') throw new Error(`${id} is missing ${plan.missing.join(', ')}`)
    if (plan.kind === 'none') continue
    const { status, body } = await registers.post(effect.service, plan.request.path, plan.request.body)
    statuses[id] = status < 300 ? status : body
    effects = { ...effects, [id]: body }
  }
  const decided = { definition, content, today, decision: { fine: 0 }, effects }
  const document = documentOf(decided, rule?.outputs[0] ?? '')
  return { problems, statuses, document, content, effects, facts }
}

describe("with the sandbox's registers", () => {
  it('a return is filled in, filed, and read back', async () => {
    const taxpayer = sandboxPerson('taxpayer').nationalId
    const { problems, statuses, document, content } = await through('income-tax-return', {
      applicant: people.person(taxpayer),
      outcome: 'accepted',
      typed: {
        taxYear: '2568',
        onlyPay: true,
        isDisabled: false,
        spouseIncome: 30_000_000,
        children: [],
        parents: [],
        wantsRefund: true,
      },
    })
    expect(problems).toEqual([])
    expect(content.answers.employers).not.toEqual([])
    expect(statuses).toEqual({ recordFiling: 201 })
    expect(document.kind).toBe('data')
    const read = await registers.get('TH/GOV/RD/tax/filing-v1', `/taxpayers/${taxpayer}/filings/2568`)
    expect(read.body).toMatchObject({ state: 'filed', filedOn: today })
  })

  it('a copy of the house registration is given', async () => {
    const { problems, statuses, document } = await through('house-registration-copy', {
      applicant: people.person(sandboxPerson('taxpayer').nationalId),
      typed: { shows: 'whole' },
    })
    expect({ problems, statuses }).toEqual({ problems: [], statuses: { recordCopy: 201 } })
    expect(document.kind).toBe('data')
  })

  it('a foreigner reports, and learns the next day', async () => {
    const { passport, birthDate, expiry } = sandboxTraveller('worker')
    const issued = await registers.post('TH/GOV/IMM/immigration/traveller-v1', '/foreigner-numbers', {
      passport,
      birthDate,
      expiry,
    })
    const { foreignerNumber } = Object(issued.body)
    const { problems, statuses, document } = await through('ninety-day-report', {
      applicant: { ...people.foreigner, id: foreignerNumber },
      // Nobody has told the register where they live yet.
      typed: { residence: people.addressAnswer, placeKind: 'rented', phone: '0812345678' },
    })
    expect({ problems, statuses }).toEqual({ problems: [], statuses: { recordReport: 201 } })
    expect(document.kind).toBe('data')
  })

  it('a foreigner with only a passport reports, and is found by it again', async () => {
    const { passport } = sandboxPassportHolder()
    const { problems, statuses, document } = await through('ninety-day-report', {
      applicant: { ...people.passportHolder, id: passport },
      typed: { residence: people.addressAnswer, placeKind: 'rented', phone: '0812345678' },
    })
    expect({ problems, statuses }).toEqual({ problems: [], statuses: { recordReport: 201 } })
    expect(document.kind).toBe('data')
    const path = `/passports/${encodeURIComponent(passport)}/stay`
    const read = await registers.get('TH/GOV/IMM/immigration/residence-v1', path)
    expect(read.body).toMatchObject({ passport, foreignerNumber: null, lastReportOn: today })
  })

  it('a company is registered for VAT', async () => {
    const { problems, statuses, document } = await through('vat-registration', {
      applicant: { ...people.ofCompany, id: UNREGISTERED_COMPANY },
      typed: {
        isExempt: false,
        turnover: 200_000_000,
        exceededOn: '2026-11-01',
        startsOn: today,
        places: [{ placeRight: 'owned' }],
        phone: '021234567',
        email: 'tax@example.com',
      },
    })
    expect({ problems, statuses }).toEqual({ problems: [], statuses: { recordVat: 201 } })
    expect(document.kind).toBe('data')
  })

  it('a birth is registered, and the child has a number', async () => {
    const { problems, statuses, document, effects } = await through('birth-registration', {
      applicant: people.person(sandboxPerson('mother').nationalId),
      typed: { givenName: 'สมหวัง', givenNameEnglish: 'Somwang', isFatherKnown: true },
    })
    expect({ problems, statuses }).toEqual({
      problems: [],
      statuses: { registerBirth: 201, useNotice: expect.any(Number) },
    })
    expect(effects.registerBirth).toMatchObject({ nationalId: expect.stringMatching(/^[12][0-9]{12}$/) })
    expect(document.kind).toBe('data')
  })

  it('somebody moves to another house, in the books of both registrars', async () => {
    const elder = await registers.get(
      'TH/GOV/DOPA/population/house-v1',
      `/persons/${sandboxPerson('elder').nationalId}/house`,
    )
    const address = Object(elder.body).address
    const { problems, statuses, document } = await through('change-of-address', {
      applicant: people.person(sandboxPerson('taxpayer').nationalId),
      typed: {
        newAddress: {
          houseNumber: address.houseNumber,
          ...(address.moo === null ? {} : { moo: String(address.moo) }),
          subdistrictCode: address.subdistrict.code,
          subdistrict: address.subdistrict.th,
          district: address.district.th,
          province: address.province.th,
          postalCode: address.postalCode,
        },
        movedOn: '2026-11-15',
        right: 'family',
        movesAlone: true,
      },
    })
    expect({ problems, statuses }).toEqual({ problems: [], statuses: { recordMoves: 201 } })
    expect(document.kind).toBe('data')
  })
})
