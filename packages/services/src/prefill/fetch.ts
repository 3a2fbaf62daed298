import { Problem } from '@sapan/kernel'
import type { DraftContent } from '../application/application.ts'
import type { Fact, Facts } from '../application/fact.ts'
import type { Evidence, ServiceDefinition } from '../definition/definition.ts'
import { valuesOf } from '../form/values.ts'
import type { ServicesGround } from '../ground.ts'
import { askOne } from './ask-one.ts'
import { type Asker, type Asking, askingAs } from './asker.ts'
import { evidenceReadBy, inOrder, prepare } from './question.ts'
import { settleFact } from './settle.ts'

export type FetchGround = Pick<ServicesGround, 'ask' | 'clock' | 'log' | 'days'> & {
  readonly rooms: Pick<ServicesGround['rooms'], 'actorToken'>
}

export interface FetchOptions {
  /** Ids of the evidence to ask for: what the person said yes to. All by default. */
  readonly only?: readonly string[]
  /** Milliseconds for one register; 4,000 by default. */
  readonly patience?: number
  /** Milliseconds for all of them; 8,000 by default. */
  readonly altogether?: number
}

export type FormFacts = Pick<DraftContent, 'applicant' | 'answers' | 'facts'>

/**
 * Asks registers for evidence and gives all facts as they are then: what was not asked for stays. Those that need
 * nothing of each other are asked at once, the others after what they are asked by. A register that is slow, down or
 * refuses is `unavailable`; what cannot be asked yet is left out. Throws what `Mandates.act` throws where somebody may
 * not act for the applicant (any more).
 */
export async function fetchFacts(
  ground: FetchGround,
  definition: ServiceDefinition,
  content: FormFacts,
  who: Asker,
  options: FetchOptions = {},
): Promise<Facts> {
  const { only } = options
  const wanted = inOrder(definition).filter(({ id }) => only?.includes(id) ?? true)
  if (wanted.length === 0) return content.facts
  const asking = await tokenFor(ground, definition, content, who)
  using waiting = new Waiting(options)
  const fetching = new Fetching(ground, definition, content, { asking, waiting })
  const begun = new Map<string, Promise<void>>()
  for (const one of wanted) {
    const earlier = evidenceReadBy(definition, one).flatMap((id) => begun.get(id) ?? [])
    begun.set(
      one.id,
      Promise.all(earlier).then(() => fetching.ask(one)),
    )
  }
  await Promise.all(begun.values())
  return fetching.facts
}

/** Undefined where whose authority it is cannot be looked up now: then nobody is asked, and the form is typed. */
async function tokenFor(
  ground: FetchGround,
  definition: ServiceDefinition,
  { applicant }: FormFacts,
  who: Asker,
): Promise<Asking | undefined> {
  try {
    return await askingAs(ground, definition, applicant, who)
  } catch (error) {
    if (!(error instanceof Problem) || error.type.status < 500) throw error
    ground.log.warn({ service: definition.id, problem: error.code }, 'registers could not be asked')
    return undefined
  }
}

interface Means {
  readonly asking: Asking | undefined
  readonly waiting: Waiting
}

class Fetching {
  readonly #ground: FetchGround
  readonly #definition: ServiceDefinition
  readonly #content: FormFacts
  readonly #means: Means
  facts: Facts

  constructor(ground: FetchGround, definition: ServiceDefinition, content: FormFacts, means: Means) {
    this.#ground = ground
    this.#definition = definition
    this.#content = content
    this.#means = means
    this.facts = content.facts
  }

  async ask(evidence: Evidence): Promise<void> {
    const prepared = prepare(evidence, this.#values())
    const { [evidence.id]: before, ...others } = this.facts
    if (prepared.kind === 'not-needed') this.facts = others
    if (prepared.kind !== 'ask') return
    const now = await this.#answer(evidence, prepared.path)
    this.facts = { ...this.facts, [evidence.id]: settleFact(before, now) }
  }

  async #answer(evidence: Evidence, path: string): Promise<Fact> {
    const { asking, waiting } = this.#means
    if (asking === undefined)
      return { state: 'unavailable', askedAt: this.#ground.clock(), problem: 'unasked' }
    const { consumer } = this.#definition
    return await waiting.upTo((over) => askOne(this.#ground, { consumer, evidence, path, ...asking }, over))
  }

  /** The person said yes to the asking: what came is used to ask further, though not in the form before they agree. */
  #values() {
    const { clock, days } = this.#ground
    const facts = Object.fromEntries(
      Object.entries(this.facts).map(([id, fact]) => [
        id,
        fact.agreed === undefined ? { ...fact, agreed: true } : fact,
      ]),
    )
    return valuesOf(this.#definition, { ...this.#content, facts }, days.dateOf(clock()))
  }
}

/** For how long registers are waited for: each, and all together. */
class Waiting implements Disposable {
  readonly #patience: number
  readonly #all: NodeJS.Timeout
  readonly #over: Promise<'late'>

  constructor({ patience = 4_000, altogether = 8_000 }: FetchOptions) {
    const { promise, resolve } = Promise.withResolvers<'late'>()
    this.#patience = patience
    this.#over = promise
    this.#all = setTimeout(() => resolve('late'), altogether)
  }

  async upTo(work: (over: Promise<'late'>) => Promise<Fact>): Promise<Fact> {
    const { promise, resolve } = Promise.withResolvers<'late'>()
    const timer = setTimeout(() => resolve('late'), this.#patience)
    try {
      return await work(Promise.race([promise, this.#over]))
    } finally {
      clearTimeout(timer)
    }
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#all)
  }
}
