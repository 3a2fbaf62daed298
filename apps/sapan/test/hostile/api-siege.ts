import { registeredProblems } from '@sapan/kernel'
import { operationsOf } from './api.ts'
import { attacksOnApi, type Operation } from './api-attacks.ts'
import type { Attack } from './attacks.ts'
import type { OpenHouse } from './house.ts'
import { programToken, registerProgram } from './program-token.ts'
import { type Answered, HostileVisitor } from './visitor.ts'

const client = 'besieger'

/** Attacks the API as a program of somebody, with their token, on what is theirs. */
export class ApiSiege {
  readonly #open: OpenHouse
  readonly #visitor: HostileVisitor
  #token = ''
  readonly wrong: string[] = []
  sent = 0
  /** How often each status was answered: where all are one, nothing was reached. */
  readonly statuses = new Map<number, number>()

  constructor(open: OpenHouse) {
    this.#open = open
    this.#visitor = new HostileVisitor(open)
  }

  async begin(): Promise<void> {
    await registerProgram(this.#open, client)
    await this.#open.newcomer('TH/GOV/DOPA')
    this.#token = await programToken(this.#open, { client, scope: 'openid applications' })
  }

  /** `chosen` picks of the attacks on an operation those that are sent. */
  async attack(service: string, chosen: (attacks: Attack[], at: number) => Attack[]): Promise<void> {
    const operations = await this.#operations(service)
    // What removes a draft comes last, and so the others find it.
    const sorted = operations.sort((a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'))
    for (const [at, operation] of sorted.entries())
      for (const attack of chosen(attacksOnApi(operation), at)) await this.#strike(operation, attack)
  }

  async #operations(service: string): Promise<Operation[]> {
    const begun = await this.#json('POST', `/api/services/${service}/drafts`)
    const { applications } = await this.#json('GET', '/api/applications')
    return await operationsOf(this.#open, service, {
      draft: String(begun.id),
      case: String((applications as { id: string }[])[0]?.id),
    })
  }

  async #json(method: 'GET' | 'POST', target: string): Promise<Readonly<Record<string, unknown>>> {
    const headers = { authorization: `Bearer ${this.#token}` }
    const { status, text } = await this.#visitor.send('portal', { method, target, headers })
    if (status >= 300) throw new Error(`${method} ${target}: ${status} ${text}`)
    return JSON.parse(text)
  }

  async #strike({ method, path }: Operation, attack: Attack): Promise<void> {
    this.sent++
    const headers = { authorization: `Bearer ${this.#token}`, ...attack.headers }
    const answered = await this.#visitor.send('portal', { ...attack, headers })
    this.statuses.set(answered.status, (this.statuses.get(answered.status) ?? 0) + 1)
    const wrong = wrongWith(answered)
    if (wrong !== undefined) this.wrong.push(`${method} ${path}, ${attack.name}: ${wrong}`)
  }
}

/** What is wrong with an answer to a program; undefined where nothing is. */
function wrongWith({ status, headers, text }: Answered): string | undefined {
  if (headers['set-cookie'] !== undefined) return 'sets a cookie'
  if (headers['x-content-type-options'] !== 'nosniff') return 'can be taken for something else'
  if (/at .*\.(js|ts):\d+/.test(text)) return 'tells where in the code it broke'
  if (status < 400) return undefined
  if (headers['content-type'] !== 'application/problem+json') return `${status} is no problem`
  const { code } = JSON.parse(text) as { code?: string }
  const known = registeredProblems().get(code ?? '')
  if (known?.status !== status) return `${status} with ${code}`
  return status >= 500 && status !== 503 ? `${status}` : undefined
}
