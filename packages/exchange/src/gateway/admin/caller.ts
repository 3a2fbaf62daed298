import { exchangeProblem } from '../../problems.ts'
import type { MemberOperator } from '../store/operators.ts'

/** What a route needs of a member's operator; a route that says nothing is for the gateway's own operator alone. `open`: sees what was said. */
export type Need = 'look' | 'change' | 'open'

/**
 * Who uses the operator's API, and for which members: the gateway's own operator for all, a member's for theirs. To these,
 * whatever is another member's does not exist.
 */
export class AdminCaller {
  readonly #operator: MemberOperator | null
  readonly #said: string | undefined

  /** Null is the gateway's own operator, who says who they are. */
  constructor(operator: MemberOperator | null, said?: string) {
    this.#operator = operator
    this.#said = said
  }

  /** How the log and evidence of changes name them. */
  get name(): string {
    return this.#operator?.name ?? this.#said ?? 'operator'
  }

  /** The members for which they ask; null for whoever there is. */
  get members(): readonly string[] | null {
    return this.#operator?.members ?? null
  }

  meets(need: Need | undefined): boolean {
    if (!this.#operator) return true
    if (need === 'open') return this.#operator.opens
    return need === 'look' || (need === 'change' && this.#operator.role === 'change')
  }

  may(member: string): boolean {
    return this.members?.includes(member) ?? true
  }

  /** Throws Problem `origin-not-allowed` where a service may not answer there. */
  checkOrigin(url: string): void {
    if (!this.#operator || this.#operator.origins.includes(new URL(url).origin)) return
    throw exchangeProblem('origin-not-allowed')
  }

  /** As evidence is asked: only these members' sides. */
  get among(): { readonly among?: readonly string[] } {
    return this.members === null ? {} : { among: this.members }
  }
}
