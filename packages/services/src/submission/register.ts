import type { CaseOpening } from '@sapan/casework'
import { Batching, inTransaction, type Problem } from '@sapan/kernel'
import type { PaymentRequest } from '@sapan/payments'
import type { Draft, Drafts } from '../draft/draft.ts'
import type { ServicesGround } from '../ground.ts'
import { letGo } from '../store/once.ts'
import { claimOnce, type Once, type OnceClaim } from './once.ts'

/** Everything that is stored when a draft is handed in. */
export interface Registration {
  readonly draft: Draft
  readonly opening: CaseOpening & { readonly id: string; readonly receivedAt: number }
  /** What is to be paid first. */
  readonly fee?: PaymentRequest
  /** Under what it is the only one. */
  readonly once?: Once
}

type RegisterGround = Pick<ServicesGround, 'pool' | 'cases' | 'payments'>

/** How many of a process are numbered in one commit. */
const most = 64
/** ms. For how long others wait for a group; on a slow disk they are better off in the next one than beside it. */
const patience = 1000

/**
 * Takes in what is handed in. The next number of an agency waits for the commit of the one before, and a commit waits for
 * the disk: so all that comes to a process while one is under way is marked, numbered and stored with the next.
 */
export class Register {
  readonly #together: Batching<Registration, string | Problem>

  constructor(ground: RegisterGround, drafts: Drafts) {
    this.#together = new Batching({
      answer: (all) => registerAll(ground, drafts, all),
      // Sent twice at once: the second finds what came of the first.
      keyOf: ({ draft }) => draft.id,
      most,
      patience,
    })
  }

  /** Gives the case, the one that is there where it was handed in before. Throws what `Drafts.submitted` gives. */
  async register(one: Registration): Promise<string> {
    const answer = await this.#together.ask(one)
    if (typeof answer !== 'string') throw answer
    return answer
  }
}

const registers = new WeakMap<Drafts, Register>()

/** One for all of a process that hands in to the same drafts, whichever door it comes by. */
export function registerOf(ground: RegisterGround, drafts: Drafts): Register {
  const known = registers.get(drafts) ?? new Register(ground, drafts)
  registers.set(drafts, known)
  return known
}

/** What is claimed comes first and cases last: from then on their agencies' next numbers wait for the commit. */
async function registerAll(
  { pool, cases, payments }: RegisterGround,
  drafts: Drafts,
  all: readonly Registration[],
): Promise<readonly (string | Problem)[]> {
  return await inTransaction(pool, async (client) => {
    const refused = await claimOnce({ cases }, client, all.flatMap(claimOf))
    const open = all.filter(({ draft }) => !refused.has(draft.id))
    const handedIn = open.map(({ draft, opening }) => ({ draft, case: opening.id, at: opening.receivedAt }))
    const answers = await drafts.submitted(client, handedIn)
    const [fresh, others] = partition(open, ({ opening }, at) => answers[at] === opening.id)
    await letGo(
      client,
      others.flatMap(claimOf).map((one) => one.case),
    )
    for (const { fee } of fresh) if (fee !== undefined) await payments.request(client, fee)
    const openings = fresh.map(({ opening }) => opening)
    await cases.openAll(client, openings)
    const answered = new Map(open.map(({ draft }, at) => [draft.id, answers[at]]))
    return all.map(({ draft }) => {
      const answer = refused.get(draft.id) ?? answered.get(draft.id)
      if (answer === undefined) throw new Error('a draft that was handed in got no answer')
      return answer
    })
  })
}

function partition<One>(
  all: readonly One[],
  isFirst: (one: One, at: number) => boolean,
): readonly [readonly One[], readonly One[]] {
  return [all.filter(isFirst), all.filter((one, at) => !isFirst(one, at))]
}

function claimOf({ draft, opening, once }: Registration): readonly OnceClaim[] {
  const { id, applicant } = opening
  return once === undefined ? [] : [{ once, draft: draft.id, case: id, account: applicant }]
}
