import { type JoinChoices, startCountry, type TestCountry, type TestGateway } from './country.ts'
import { registerDescription, startRegister, type TestRegister } from './register.ts'

/** Two agencies with an exchange between them: RD asks, DOPA has a register and has given a grant. */
export interface Country extends TestCountry {
  readonly rd: TestGateway
  readonly dopa: TestGateway
  readonly register: TestRegister
  /** The hash of the grant. */
  readonly grant: string
  /** Calls DOPA's register as RD's system, with the headers that such a system sends. */
  ask(path: string, init?: RequestInit & { headers?: Record<string, string> }): Promise<Response>
}

export const service = 'TH/GOV/DOPA/main/person-v1'
export const client = 'TH/GOV/RD/main'

/** What RD may do, for the tests to vary. */
export const grantTerms = {
  consumer: client,
  service,
  operations: {
    getPerson: { fields: ['nationalId', 'name'], query: [] },
    putPerson: { fields: ['nationalId'], query: [] },
    findPersons: { fields: ['persons.nationalId'], query: ['family'] },
    postPhoto: { fields: ['*'], query: [] },
    getPhoto: { fields: ['*'], query: [] },
  },
  purpose: 'tax-assessment',
  law: { act: { th: 'ประมวลรัษฎากร', en: 'Revenue Code' }, section: 'ม. 19' },
  notBefore: '2020-01-01T00:00:00Z',
  expires: '2099-01-01T00:00:00Z',
}

export interface AgenciesOptions {
  readonly country?: Parameters<typeof startCountry>[0]
  readonly rd?: JoinChoices
  readonly dopa?: JoinChoices
  /** How long DOPA's register may take. */
  readonly timeoutMs?: number
}

export async function startAgencies(options: AgenciesOptions = {}): Promise<Country> {
  const country = await startCountry(options.country)
  const register = await startRegister()
  const dopa = await country.join('DOPA', options.dopa)
  const rd = await country.join('RD', options.rd)
  await dopa.operator('POST', '/v1/services', {
    subsystem: 'TH/GOV/DOPA/main',
    openapi: registerDescription,
    url: register.url,
    timeoutMs: options.timeoutMs ?? 2_000,
  })
  const { hash } = await dopa.operator('POST', '/v1/grants', grantTerms)
  await rd.gateway.directory.refresh()
  return {
    ...country,
    rd,
    dopa,
    register,
    grant: String(hash),
    ask: (path, init = {}) =>
      fetch(`${rd.edge}/r1/${service}${path}`, {
        ...init,
        headers: { 'x-road-client': client, ...init.headers },
      }),
    stop: async () => {
      await country.stop()
      await register.close()
    },
  }
}
