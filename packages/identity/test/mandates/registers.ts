import type { AgencyAnswer, AgencyQuestion } from '../../src/exchange.ts'
import type { SigningCondition } from '../../src/mandates/signing.ts'

export interface RegisteredCompany {
  status: string
  directors: string[]
  condition: SigningCondition
}

export interface RegisteredChild {
  birthDate: string
  status?: 'living' | 'dead'
  parents?: readonly (string | null)[]
  house?: string
}

/**
 * What the company register and the population register answer, in the shapes of the sandbox's services (`juristic-v1`,
 * `person-v1`), over data that a test changes.
 */
export class Registers {
  readonly companies = new Map<string, RegisteredCompany>()
  readonly people = new Map<string, RegisteredChild>()
  /** Members that answer nothing at the moment: `DBD`, `DOPA`. */
  readonly down = new Set<string>()
  readonly asked: AgencyQuestion[] = []
  /** Called before each answer. */
  before: (question: AgencyQuestion) => Promise<void> = async () => {}

  readonly ask = async (question: AgencyQuestion): Promise<AgencyAnswer> => {
    this.asked.push(question)
    await this.before(question)
    const [, , member = ''] = question.service.split('/')
    if (this.down.has(member)) throw new Error('the gateway cannot be reached')
    const body = this.#body(question.path)
    return { status: body === undefined ? 404 : 200, body: structuredClone(body) ?? {}, exchange: 'x-1' }
  }

  #body(path: string): unknown {
    const [, kind, id = '', what] = path.split('/')
    if (kind === 'directors') return this.#directorships(id)
    if (kind === 'juristic-persons') return this.#directors(id)
    return what === 'household' ? this.#household(id) : this.#person(id)
  }

  #directorships(nationalId: string): unknown {
    const companies = [...this.companies].filter(([, { directors }]) => directors.includes(nationalId))
    const juristicPersons = companies.map(([juristicId, { status }]) => ({
      juristicId,
      name: { th: `บริษัท ${juristicId}`, en: `Company ${juristicId}` },
      status,
      appointedOn: '2020-01-01',
    }))
    return { nationalId, juristicPersons }
  }

  #directors(juristicId: string): unknown {
    const company = this.companies.get(juristicId)
    if (!company) return undefined
    const { condition } = company
    return {
      juristicId,
      directors: company.directors.map((nationalId) => ({
        nationalId,
        name: names(nationalId),
        appointedOn: '2020-01-01',
      })),
      signing: {
        kind: condition.kind,
        seal: condition.seal,
        count: condition.kind === 'any' ? condition.count : 2,
        directors:
          condition.kind === 'together'
            ? condition.directors
            : condition.kind === 'any'
              ? []
              : [condition.director],
        others: condition.kind === 'with-one-of' ? condition.others : [],
        text: { th: 'กรรมการลงลายมือชื่อ', en: 'Directors sign' },
      },
    }
  }

  #person(nationalId: string): unknown {
    const person = this.people.get(nationalId)
    if (!person) return undefined
    const [fatherId = null, motherId = null] = person.parents ?? []
    const { birthDate, status = 'living' } = person
    return { nationalId, name: names(nationalId), birthDate, status, fatherId, motherId, sex: 'female' }
  }

  #household(nationalId: string): unknown {
    const house = this.people.get(nationalId)?.house
    if (house === undefined) return undefined
    const members = [...this.people].filter(([, person]) => person.house === house)
    return { members: members.map(([id, { birthDate }]) => ({ nationalId: id, birthDate })) }
  }
}

function names(nationalId: string) {
  const given = nationalId.slice(-4)
  return { th: { given: `คน${given}`, family: null }, en: { given: `P${given}`, family: 'Jaidee' } }
}
