import type { MandateScope, MandatesCountry } from '../country.ts'
import type { ScopeUse } from '../mandate.ts'
import type { CompanyRegister, Directorship } from '../registers/company.ts'
import { actsAlone, canBeMet, type SigningCondition } from '../signing.ts'
import type { Authority, AuthoritySource } from './authority.ts'

/** What directors may do for their companies, as the company register has it now. */
export class CompanySource implements AuthoritySource {
  readonly #register: CompanyRegister
  readonly #country: MandatesCountry

  constructor(register: CompanyRegister, country: MandatesCountry) {
    this.#register = register
    this.#country = country
  }

  async of(holder: string): Promise<readonly Authority[]> {
    const found = (await this.#register.directorships(holder)).filter((one) => this.#isLive(one))
    const authorities = await Promise.all(found.map((company) => this.#authority(holder, company, false)))
    return authorities.filter((authority) => authority !== undefined)
  }

  async one(holder: string, number: string, now = false): Promise<Authority | undefined> {
    const held = await this.#register.directorships(holder, now)
    const company = held.find((one) => one.juristicId === number && this.#isLive(one))
    return company && this.#authority(holder, company, now)
  }

  #isLive({ status }: Directorship): boolean {
    return this.#country.registers.company.states.includes(status)
  }

  async #authority(holder: string, company: Directorship, now: boolean): Promise<Authority | undefined> {
    const answer = await this.#register.directors(company.juristicId, now)
    if (!answer?.directors.some(({ number }) => number === holder)) return undefined
    const { directors: members, condition, words } = answer
    const numbers = members.map(({ number }) => number)
    return {
      source: 'company',
      number: company.juristicId,
      name: company.name,
      members,
      condition,
      words,
      scopes: companyScopes(this.#country.scopes, condition, numbers, holder),
    }
  }
}

/** What a director does alone, with the seal, or only jointly. What can be done by nobody is left out. */
function companyScopes(
  scopes: readonly MandateScope[],
  condition: SigningCondition,
  members: readonly string[],
  holder: string,
): ScopeUse[] {
  const binding = () => {
    if (actsAlone(condition, members, holder)) return condition.seal ? 'sealed' : 'alone'
    return canBeMet(condition, members) ? 'jointly' : undefined
  }
  return scopes.flatMap(({ code, company }) => {
    if (company === undefined) return []
    const how = company.binds ? binding() : 'alone'
    return how === undefined ? [] : [{ code, how }]
  })
}
