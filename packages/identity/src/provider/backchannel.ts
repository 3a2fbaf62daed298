import { type Clock, type Logger, type Pool, Problem, uuidv7 } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import type { Level } from '../levels/level.ts'
import { providerProblems } from '../problems/provider.ts'

/** A question to a person that arose elsewhere: at a counter, in an agency's app, at a document. */
export interface Question {
  readonly id: string
  readonly account: string
  /** `sign-in` for a client's CIBA request; other rooms name their own. */
  readonly kind: string
  readonly client?: string
  /** What both sides show, so that the person knows which it is (CIBA Core §7.1). */
  readonly bindingMessage: string
  /** What the client wants to know, for `sign-in`. */
  readonly scopes: readonly string[]
  readonly askedAt: number
  readonly expiresAt: number
}

export type Decision = 'approve' | 'deny'

/** With what the person decided. */
export interface DecidedBy {
  readonly session: string
  readonly level: Level
  readonly amr?: readonly string[]
  /** When they last proved that it is them, ms. */
  readonly authenticatedAt: number
  /** For `sign-in`: the claims that the page showed, and those of them that the person left out. */
  readonly shown?: readonly string[]
  readonly refused?: readonly string[]
}

export interface AskOptions {
  readonly account: string
  readonly kind: string
  readonly bindingMessage: string
  readonly client?: string
  readonly scopes?: readonly string[]
  /** By what the client named the person, hashed. */
  readonly hint?: string
  /** Seconds; 5 minutes by default. */
  readonly lifetime?: number
}

export interface Backchannel<Options = AskOptions> {
  ask(question: Options): Promise<Question>
  /**
   * The first decision counts, in whatever process or page. Throws `question-unknown` for one that is over, decided, or
   * another's; `level-needed`.
   */
  decide(account: string, id: string, decision: Decision, by: DecidedBy): Promise<Question>
  /** One that waits for this person. Throws `question-unknown` as `decide` does. */
  find(account: string, id: string): Promise<Question>
  /** What waits for a person's decision, the oldest first. */
  pendingOf(account: string): Promise<Question[]>
  /** How many of a client's questions by one hint wait. */
  waitingBy(by: { readonly account: string; readonly client: string; readonly hint: string }): Promise<number>
  /** A job for every second: tells people what waits for them. How many were dealt with. */
  announce(): Promise<number>
  /** How a question stands: for whoever asked it. Undefined for none such. */
  answerOf(id: string): Promise<Decision | 'pending' | 'expired' | undefined>
}

export interface BackchannelGround {
  readonly pool: Pool
  readonly clock: Clock
  readonly sealer: Sealer
  readonly log: Logger
  /** Tells the person, by notice or push. */
  readonly announce?: (question: Question) => Promise<void>
  /** Looks, before anything is decided, whether this person may decide so. Throws a `Problem` where not. */
  readonly check?: (question: Question, decision: Decision, by: DecidedBy) => Promise<void>
  /** Carries a decision that stands to the provider's own request. */
  readonly carry: (request: string, question: Question, decision: Decision, by: DecidedBy) => Promise<void>
}

interface Content {
  readonly bindingMessage: string
  readonly scopes: readonly string[]
  readonly hint?: string
  /** The id of oidc-provider's request. */
  readonly request?: string
}

interface Row {
  readonly id: string
  readonly account_id: string
  readonly client_id: string | null
  readonly kind: string
  readonly content_sealed: Buffer
  readonly asked_at: Date
  readonly expires_at: Date
  readonly decision: Decision | null
}

/** `ask` takes `request` from the provider's own CIBA endpoint only. */
export function createBackchannel(
  ground: BackchannelGround,
): Backchannel<AskOptions & { readonly request?: string }> {
  const { pool, clock, sealer, log } = ground

  return {
    async ask({ account, kind, bindingMessage, client, scopes = [], hint, lifetime = 300, request }) {
      const now = clock()
      const id = uuidv7(now)
      const content: Content = {
        bindingMessage,
        scopes,
        ...(hint === undefined ? {} : { hint }),
        ...(request === undefined ? {} : { request }),
      }
      const sealed = sealer.seal(Buffer.from(JSON.stringify(content)), boundTo(id))
      const { rows } = await pool.query<Row>(
        `insert into identity.backchannel_question
           (id, account_id, client_id, kind, content_sealed, asked_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7) returning *`,
        [id, account, client, kind, sealed, new Date(now), new Date(now + lifetime * 1000)],
      )
      const [row] = rows
      if (!row) throw new Error('a question was not kept')
      // The person is told by a job: how long asking takes does not say whether there is anybody to tell.
      return questionOf(row, content)
    },

    async decide(account, id, decision, by) {
      const { question, request } = await waiting(account, id)
      if (request !== undefined) await ground.check?.(question, decision, by)
      // Of two that decide at once one has it, before anything of it is carried anywhere.
      const { rowCount } = await pool.query(
        `update identity.backchannel_question set decision = $2, decided_at = $3
         where id = $1 and decision is null`,
        [question.id, decision, new Date(clock())],
      )
      if (rowCount === 0) throw new Problem(providerProblems['question-unknown'])
      if (request !== undefined) await carried(request, question, decision, by)
      return question
    },

    find: async (account, id) => (await waiting(account, id)).question,

    async pendingOf(account) {
      const { rows } = await pool.query<Row>(
        `select * from identity.backchannel_question
         where account_id = $1 and decision is null and expires_at > $2 order by asked_at, id`,
        [account, new Date(clock())],
      )
      return rows.map((row) => questionOf(row, open(row)))
    },

    async waitingBy({ account, client, hint }) {
      const { rows } = await pool.query<Row>(
        `select * from identity.backchannel_question
         where account_id = $1 and client_id = $2 and decision is null and expires_at > $3`,
        [account, client, new Date(clock())],
      )
      return rows.filter((row) => open(row).hint === hint).length
    },

    async announce() {
      const { rows } = await pool.query<Row & { known: boolean }>(
        `select q.*, a.id is not null as known from identity.backchannel_question q
         left join identity.account a on a.id = q.account_id and a.state = 'open'
         where q.announced_at is null and q.decision is null and q.expires_at > $1
         order by q.asked_at, q.id limit 100`,
        [new Date(clock())],
      )
      for (const row of rows) await announced(row)
      return rows.length
    },

    async answerOf(id) {
      const { rows } = await pool.query<Row>(
        'select * from identity.backchannel_question where id::text = $1',
        [id],
      )
      const [row] = rows
      if (!row) return undefined
      return row.decision ?? (row.expires_at.getTime() > clock() ? 'pending' : 'expired')
    },
  }

  /** What can't be carried is decided again. Where the process ends here, the request expires: nothing is approved. */
  async function carried(...[request, question, decision, by]: Parameters<BackchannelGround['carry']>) {
    try {
      await ground.carry(request, question, decision, by)
    } catch (error) {
      await pool.query(
        'update identity.backchannel_question set decision = null, decided_at = null where id = $1',
        [question.id],
      )
      throw error
    }
  }

  /** Told by two processes at once, the person has one notice: it has the question as its key. */
  async function announced(row: Row & { readonly known: boolean }): Promise<void> {
    try {
      if (row.known) await ground.announce?.(questionOf(row, open(row)))
      await pool.query('update identity.backchannel_question set announced_at = $2 where id = $1', [
        row.id,
        new Date(clock()),
      ])
    } catch (error) {
      log.error({ err: error }, 'a notice of a question failed; it is tried again')
    }
  }

  async function waiting(account: string, id: string): Promise<{ question: Question; request?: string }> {
    const { rows } = await pool.query<Row>(
      `select * from identity.backchannel_question
       where id::text = $1 and account_id = $2 and decision is null and expires_at > $3`,
      [id, account, new Date(clock())],
    )
    const [row] = rows
    if (!row) {
      log.warn({ account }, 'a question was asked for that is not there, or is of another account')
      throw new Problem(providerProblems['question-unknown'])
    }
    const content = open(row)
    const question = questionOf(row, content)
    return content.request === undefined ? { question } : { question, request: content.request }
  }

  function open(row: Row): Content {
    return JSON.parse(sealer.open(row.content_sealed, boundTo(row.id)).toString())
  }
}

function boundTo(id: string): Buffer {
  return Buffer.from(`backchannel_question.content_sealed ${id}`)
}

function questionOf(row: Row, { bindingMessage, scopes }: Content): Question {
  return {
    id: row.id,
    account: row.account_id,
    kind: row.kind,
    bindingMessage,
    scopes,
    askedAt: row.asked_at.getTime(),
    expiresAt: row.expires_at.getTime(),
    ...(row.client_id === null ? {} : { client: row.client_id }),
  }
}
