import {
  type Operation,
  readGrant,
  readServiceDescription,
  type ServiceDescription,
  signGrant,
} from '@sapan/exchange'
import { createPool } from '@sapan/kernel'
import { createRegisters, registerNames } from '@sapan/sandbox'
import { grantOrders, loadCountry } from '@sapan/thailand'
import { generateSigner } from '@sapan/trust'
import { afterAll, describe, expect, it } from 'vitest'

const country = loadCountry()
// Descriptions need no database: the pool is never used.
const pool = createPool('postgres://nobody@127.0.0.1:1/none')
const registers = await createRegisters({
  pools: Object.fromEntries(registerNames.map((name) => [name, pool])),
})
const offered = [...registers.all.values()].flatMap((register) => register.services)
const descriptions = new Map(
  offered.map(({ service, openapi }) => [service, readServiceDescription(openapi)]),
)

afterAll(async () => {
  await registers.close()
  await pool.end()
})

const described = (service: string): ServiceDescription => {
  const description = descriptions.get(service)
  if (description === undefined) throw new Error(`nobody offers ${service}`)
  return description
}

/** Whether the field, or something below it, is in the operation's answer. */
const answers = (operation: Operation | undefined, field: string): boolean =>
  field === '*' || operation?.fields.some((one) => one === field || one.startsWith(`${field}.`)) === true

describe('the services of the sandbox', () => {
  it('are offered by every member, in its own subsystems', () => {
    expect([...registers.all.values()].map((register) => register.member)).toEqual([
      'TH/GOV/DOPA',
      'TH/GOV/RD',
      'TH/GOV/DBD',
      'TH/GOV/DGA',
      'TH/GOV/OCSC',
      'TH/GOV/IMM',
      'TH/COM/0105558900015',
      'TH/GOV/SSO',
      'TH/GOV/HOSPITAL',
      'TH/COM/0107540990014',
      // The first of the districts' registrars, whose books one register serves.
      'TH/GOV/REG9002',
    ])
    const subsystems = country.members.flatMap(({ id, subsystems }) =>
      subsystems.map(({ code }) => `${id}/${code}`),
    )
    for (const { service } of offered) expect(subsystems).toContain(service.split('/').slice(0, 4).join('/'))
  })

  it.each(offered.map(({ service }) => service))(
    '%s is named in its address as in its description',
    (service) => {
      const { code, version } = described(service)
      expect(service.endsWith(`/${code}-${version}`)).toBe(true)
    },
  )

  it('answer questions by the rule that their descriptions have: of income, of which a return that is not there has none', () => {
    const filing = described('TH/GOV/RD/tax/filing-v1')
    const question = filing.operations.find(({ id }) => id === 'isIncomeBelow')?.question
    const asked = (income: number | null, amount: number) => {
      const outcome = question?.expression.evaluate({ record: { income }, ask: { amount }, today: '' })
      return outcome?.known ? outcome.value : undefined
    }
    expect([asked(99_000_000, 99_000_001), asked(99_000_000, 99_000_000)]).toEqual([true, false])
    expect(asked(null, 1)).toBeUndefined()
  })

  it('are personal, each operation with a subject, except places, employers, the states of services and statements of accounts', () => {
    const impersonal = offered.map(({ service }) => service).filter((service) => !described(service).personal)
    expect(impersonal).toEqual([
      'TH/GOV/DOPA/places/division-v1',
      'TH/GOV/DOPA/places/address-v1',
      'TH/GOV/DGA/digital/service-status-v1',
      'TH/GOV/SSO/insurance/employer-v1',
      'TH/COM/0107540990014/account/statement-v1',
    ])
  })

  it('map their fields only to terms that the country’s vocabulary has', () => {
    const terms = [...descriptions.values()].flatMap((description) => [...description.terms.values()])
    expect(terms.filter((term) => !country.terms.has(term))).toEqual([])
    expect(new Set(terms).size).toBeGreaterThan(35)
  })
})

describe('the grants of the sandbox', () => {
  const wanted = country.grants.flatMap(({ consumer, service, purpose, operations }) =>
    Object.entries(operations).map(([id, granted]) => ({ consumer, service, purpose, id, granted })),
  )

  it.each(wanted)(
    'give $consumer $id of $service for $purpose, with fields and parameters that exist',
    (grant) => {
      const operation = described(grant.service).operations.find(({ id }) => id === grant.id)
      expect(operation).toBeDefined()
      expect(grant.granted.fields.filter((field) => !answers(operation, field))).toEqual([])
      expect(grant.granted.query.filter((name) => !operation?.queryParameters.includes(name))).toEqual([])
    },
  )

  it('can be signed and read as grants of the exchange', () => {
    const signer = generateSigner('ecdsa-p256-sha256')
    for (const { id: provider } of country.members) {
      for (const order of grantOrders(country.grants, provider, Date.UTC(2026, 10, 21))) {
        const { grant } = readGrant(
          signGrant({ id: 'g-1', provider, ...order }, { signer, chain: [Buffer.from([48, 0])] }),
        )
        expect(grant).toMatchObject({ provider, consumer: order.consumer, purpose: order.purpose })
      }
    }
  })
})
