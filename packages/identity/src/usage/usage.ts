import { inTransaction, Problem } from '@sapan/kernel'
import { agencySchemes } from '../account/identifier.ts'
import type { IdentityGround } from '../ground.ts'
import { usageProblems } from '../problems/usage.ts'
import { readAccessPage } from './access.ts'
import { answeringAgency } from './answering.ts'
import { hintsOf, markSeen } from './hints/store.ts'
import { markOwn } from './own.ts'
import { findPage, type KeptPage, keepPage } from './pages.ts'
import type { AccessQuestion, UsageOperator, UsagePorts } from './ports.ts'
import { type MergedAccess, mergeSources, type Source } from './source.ts'

export interface UsageQuery {
  /** Only accesses in which this member had a part. */
  readonly agency?: string
  /** The page after this one, by its id; `agency` is then that page's. */
  readonly after?: string
}

/** An access with what its page knew, and the questions that the person has asked about it. */
export interface FoundAccess {
  readonly access: MergedAccess
  readonly page: KeptPage
  readonly questions: readonly AccessQuestion[]
}

/** Who looked at a person's data, asked of the agencies' own gateways when the person looks. */
export interface Usage {
  /** Throws Problem `usage-unidentified` for who has no proven number, `usage-page-over` for a page that is over. */
  of(account: string, query?: UsageQuery): Promise<KeptPage>
  operators(): Promise<readonly UsageOperator[]>
  /** Throws Problem `usage-page-over`. */
  find(account: string, place: { page: string; exchange: string }): Promise<FoundAccess>
  /** The file that proves an access (ASiC-E), as that side's gateway gives it. */
  prove(account: string, place: { page: string; exchange: string; member: string }): Promise<Uint8Array>
  /** Opens a question at the desk of the agency that looked, once. Throws Problem `usage-question-empty`. */
  ask(account: string, place: { page: string; exchange: string }, text: string): Promise<void>
  questionsOf(account: string): Promise<readonly AccessQuestion[]>
}

export interface UsageOptions {
  /** Accesses a page; 20 by default. */
  readonly pageSize?: number
  /** Milliseconds for which one gateway is waited for; 4,000 by default. */
  readonly patience?: number
  /** Within which an agency must answer a question; 15 by default. */
  readonly workingDays?: number
}

/** The kind of task that a question becomes, and whose it is. */
export const questionKind = 'access-question'
export const questionDuty = 'data-protection-officer'
const longestQuestion = 2_000

type Ground = Pick<IdentityGround, 'pool' | 'clock' | 'sealer' | 'log'>

export function createUsage(ground: Ground, ports: UsagePorts, options: UsageOptions = {}): Usage {
  const room = new UsageRoom(ground, ports, options)
  return {
    of: (account, query = {}) => room.of(account, query),
    operators: () => ports.door.operators(),
    find: (account, place) => room.find(account, place),
    prove: (account, place) => room.prove(account, place),
    ask: (account, place, text) => room.ask(account, place, text),
    questionsOf: (account) => room.questionsOf(account),
  }
}

class UsageRoom {
  readonly #ground: Ground
  readonly #ports: UsagePorts
  readonly #options: UsageOptions

  constructor(ground: Ground, ports: UsagePorts, options: UsageOptions) {
    this.#ground = ground
    this.#ports = ports
    this.#options = options
  }

  async of(account: string, { agency, after }: UsageQuery): Promise<KeptPage> {
    const before = after === undefined ? undefined : await this.#page(account, after)
    const values = await this.#identifiers(account)
    const hints = before === undefined ? await hintsOf(this.#ground.pool, account) : []
    const sources = before?.sources ?? hintedFirst(await this.#sources(values, agency), hints)
    const withheld: string[] = []
    const {
      accesses: told,
      silent,
      sources: left,
    } = await mergeSources(sources, this.#options.pageSize ?? 20, (source) =>
      this.#asked(source, values.get(source.scheme) ?? '', withheld),
    )
    const accesses = told.map(markOwn(this.#ports.subjects, account))
    const kept = before?.agency ?? agency ?? null
    const answered = new Set(sources.map(({ owner }) => owner).filter((owner) => !silent.includes(owner)))
    await markSeen(this.#ground.pool, { account, owners: [...answered], at: this.#ground.clock() })
    return keepPage(this.#ground, account, {
      accesses: kept === null ? accesses : accesses.filter((access) => hasPart(access, kept)),
      withheld,
      news: hints.filter(({ isNew }) => isNew).length,
      silent: [...new Set([...(before?.silent ?? []), ...(await this.#membersOf(silent))])],
      sources: left.filter(({ waiting, next }) => waiting.length > 0 || next !== null),
      agency: kept,
    })
  }

  async find(
    account: string,
    { page: id, exchange }: { page: string; exchange: string },
  ): Promise<FoundAccess> {
    const page = await this.#page(account, id)
    const access = page.accesses.find((each) => each.exchange === exchange)
    if (!access) throw new Problem(usageProblems['usage-page-over'])
    const all = await this.questionsOf(account)
    return { access, page, questions: all.filter(({ reference }) => reference === exchange) }
  }

  async prove(
    account: string,
    { member, ...place }: { page: string; exchange: string; member: string },
  ): Promise<Uint8Array> {
    const { access } = await this.find(account, place)
    const told = access.toldBy.find((each) => each.member === member)
    const operators = await this.#ports.door.operators()
    const operator = operators.find(({ members }) => members.some(({ id }) => id === member))
    if (!told || !operator) throw new Problem(usageProblems['usage-page-over'])
    const values = [...(await this.#identifiers(account)).values()]
    let failure: unknown = new Problem(usageProblems['usage-page-over'])
    for (const gateway of operator.gateways) {
      for (const subject of values) {
        const token = this.#ports.tokens.subject({ subject, audience: gateway })
        try {
          return await this.#ports.door.prove({
            gateway,
            token,
            exchange: place.exchange,
            member,
            side: told.side,
          })
        } catch (error) {
          failure = error
        }
      }
    }
    throw failure
  }

  async ask(account: string, place: { page: string; exchange: string }, text: string): Promise<void> {
    const question = text.trim().slice(0, longestQuestion)
    if (question === '') throw new Problem(usageProblems['usage-question-empty'])
    const { access } = await this.find(account, place)
    const { exchange, client, service, operation, purpose, law, at, fields } = access
    // Who looked answers; where nobody there could, whose data it was, or else who shows the person this page.
    const agency = await answeringAgency(this.#ports.hasOfficers, questionDuty, [
      memberOf(client),
      memberOf(service),
      this.#ports.operator,
    ])
    await inTransaction(this.#ground.pool, async (database) => {
      // Pressed twice, it is asked once.
      await database.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `${account} ${exchange}`,
      ])
      const asked = await this.questionsOf(account)
      if (asked.some((each) => each.reference === exchange)) return
      await this.#ports.casework.open(database, {
        agency,
        duty: questionDuty,
        kind: questionKind,
        subject: account,
        title: { th: 'คำถามเกี่ยวกับการเข้าถึงข้อมูล', en: 'A question about an access to data' },
        detail: { question, exchange, client, service, operation, purpose, law, at, fields },
        clock: { workingDays: this.#options.workingDays ?? 15 },
        reference: exchange,
      })
    })
  }

  async questionsOf(account: string): Promise<readonly AccessQuestion[]> {
    const all = await this.#ports.casework.stateFor(account)
    return all.filter(({ kind }) => kind === questionKind)
  }

  async #page(account: string, id: string): Promise<KeptPage> {
    const page = await findPage(this.#ground, account, id)
    if (!page) throw new Problem(usageProblems['usage-page-over'])
    return page
  }

  /** What agencies know the person by, by scheme. */
  async #identifiers(account: string): Promise<Map<string, string>> {
    const known = await this.#ports.accounts.identifiersOf(account)
    const proved = known.filter(({ scheme, proved }) => proved && agencySchemes.some((one) => one === scheme))
    if (proved.length === 0) throw new Problem(usageProblems['usage-unidentified'])
    return new Map(proved.map(({ scheme, value }) => [scheme, value]))
  }

  async #sources(values: ReadonlyMap<string, string>, agency: string | undefined): Promise<Source[]> {
    const operators = await this.#ports.door.operators()
    const wanted = operators.filter(
      ({ members }) => agency === undefined || members.some(({ id }) => id === agency),
    )
    return wanted.flatMap(({ owner, gateways }) =>
      [...values.keys()].map((scheme) => ({ owner, scheme, gateways, waiting: [], next: undefined })),
    )
  }

  /** The source with what its gateway tells next: the first of its gateways that answers in time. */
  async #asked(source: Source, subject: string, withheld: string[]): Promise<Source | undefined> {
    for (const gateway of source.gateways) {
      const token = this.#ports.tokens.subject({ subject, audience: gateway })
      const after = source.next ?? undefined
      const question = { gateway, token, limit: 50, ...(after === undefined ? {} : { after }) }
      try {
        const page = readAccessPage(await this.#inTime(this.#ports.door.ask(question)))
        if (!page) throw new Error('its answer has another shape')
        withheld.push(...page.withheld)
        return { ...source, waiting: page.accesses, next: page.next }
      } catch (error) {
        this.#ground.log.warn({ gateway, err: error }, 'a gateway did not tell who looked')
      }
    }
    return undefined
  }

  async #inTime<T>(answer: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined
    const over = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), this.#options.patience ?? 4_000)
    })
    try {
      return await Promise.race([answer, over])
    } finally {
      clearTimeout(timer)
    }
  }

  async #membersOf(owners: readonly string[]): Promise<string[]> {
    if (owners.length === 0) return []
    const operators = await this.#ports.door.operators()
    return operators
      .filter(({ owner }) => owners.includes(owner))
      .flatMap(({ members }) => members.map(({ id }) => id))
  }
}

/** `TH/GOV/RD` of `TH/GOV/RD/efiling`. */
export function memberOf(id: string): string {
  return id.split('/').slice(0, 3).join('/')
}

/** Those at whose gateways there is something to see are asked first. */
function hintedFirst(sources: readonly Source[], hints: readonly { readonly owner: string }[]): Source[] {
  const place = ({ owner }: Source) => {
    const at = hints.findIndex((hint) => hint.owner === owner)
    return at === -1 ? hints.length : at
  }
  return [...sources].sort((a, b) => place(a) - place(b))
}

function hasPart({ client, service }: MergedAccess, member: string): boolean {
  return memberOf(client) === member || memberOf(service) === member
}
