import { type Clock, Problem } from '@sapan/kernel'
import type { AgencyAnswer, AskAgency } from '../../exchange.ts'
import { mandateProblems } from '../../problems/mandates.ts'
import type { MandateRegister } from '../country.ts'

const mostHeld = 1_000

/**
 * Asks a register, and holds an answer for the short while in which it counts as now. What failed is not held, and an
 * answer that is older is never given, whatever the register's state.
 */
export class FreshAnswers {
  readonly #ask: AskAgency
  readonly #clock: Clock
  readonly #register: MandateRegister
  readonly #held = new Map<string, { readonly answer: AgencyAnswer; readonly at: number }>()

  constructor(ask: AskAgency, clock: Clock, register: MandateRegister) {
    this.#ask = ask
    this.#clock = clock
    this.#register = register
  }

  /** The body of 200, undefined for 404. Throws `mandate-register-silent` for anything else. `now`: ask anew in any case. */
  async get(path: string, now = false): Promise<unknown> {
    const { answer } = this.#fresh(path, now) ?? (await this.#fetch(path))
    if (answer.status === 404) return undefined
    if (answer.status !== 200) throw this.silent(new Error(`the register answered ${answer.status}`))
    return answer.body
  }

  silent(cause: unknown): Problem {
    const { name } = this.#register
    const detail = { th: `${name.th}ไม่ตอบในขณะนี้`, en: `There is no answer from ${name.en}.` }
    return new Problem(mandateProblems['mandate-register-silent'], { detail, cause })
  }

  #fresh(path: string, now: boolean) {
    const held = now ? undefined : this.#held.get(path)
    const age = this.#clock() - (held?.at ?? 0)
    return age >= 0 && age < this.#register.freshSeconds * 1000 ? held : undefined
  }

  async #fetch(path: string) {
    const { service, purpose } = this.#register
    const at = this.#clock()
    const answer = await this.#ask({ service, method: 'GET', path, purpose }).catch((cause: unknown) => {
      throw this.silent(cause)
    })
    this.#held.delete(path)
    if (answer.status === 200) {
      this.#held.set(path, { answer, at })
      const [oldest] = this.#held.keys()
      if (this.#held.size > mostHeld && oldest !== undefined) this.#held.delete(oldest)
    }
    return { answer, at }
  }
}
