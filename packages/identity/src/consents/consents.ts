import { inTransaction, type PoolClient, Problem } from '@sapan/kernel'
import type { IdentityGround } from '../ground.ts'
import { consentRoomProblems } from '../problems/consents.ts'
import { announce, ask, subjectKey } from './asking.ts'
import { type Consent, consentDays, day, endingDays, type KeptConsent } from './consent.ts'
import type { ConsentHistoryKind } from './history-kinds.ts'
import { endingNotice, givenNotice, withdrawnNotice } from './notices.ts'
import { orCode } from './plain-words.ts'
import type { ConsentPorts } from './ports.ts'
import {
  findConsent,
  listOf,
  type SubjectKey,
  saveEnded,
  saveGiven,
  saveWanted,
  takeEnding,
} from './store/consents.ts'

/** Who decides, and in which session. */
export interface Decider {
  readonly account: string
  readonly session?: string
}

/** What the person leaves of a question: some of its fields, for some days. */
export interface ConsentChoice {
  readonly fields: readonly string[]
  /** One of `consentDays`. */
  readonly days: number
}

/** How a question stands for the agency that asked; the receipt while the consent holds. */
export interface ConsentAnswer {
  readonly id: string
  readonly state: Consent['state']
  readonly receipt?: string
}

/** What people allow of their data. A consent is a signed receipt, whose withdrawal reaches gateways by its status. */
export interface Consents {
  /**
   * An agency asks; the answer is the same whoever the person is and whether they have an account. Throws Problem
   * `consent-question-invalid`, `consent-too-many`.
   */
  ask(sent: unknown, member: string): Promise<ConsentAnswer>
  /** For the agency that asked, and nobody else. Throws Problem `consent-not-found`. */
  answerFor(id: string, member: string): Promise<ConsentAnswer>
  /** What is asked of a person, what they gave and what is over, the latest first. */
  of(account: string): Promise<readonly Consent[]>
  /** One of the person's own. Throws Problem `consent-not-found`. */
  find(account: string, id: string): Promise<Consent>
  /** Throws Problem `consent-not-found`, `consent-decided` or `consent-choice-invalid`. */
  give(by: Decider, id: string, choice: ConsentChoice): Promise<Consent>
  /** `unwanted`: the agency is not to ask for this again. */
  refuse(by: Decider, id: string, unwanted?: boolean): Promise<void>
  /** Lets an agency ask again. Throws Problem `consent-not-found`. */
  allowAsking(by: Decider, id: string): Promise<void>
  /** Effective at every gateway that follows the list as soon as this is committed. */
  withdraw(by: Decider, id: string): Promise<void>
  /** Tells people whose consents are about to end, each once; how many. A job for every hour. */
  remind(): Promise<number>
  /** Tells people what was asked of them; how many. A job for every few seconds. */
  announce(): Promise<number>
}

type Ground = Pick<IdentityGround, 'pool' | 'clock' | 'hashKey' | 'log'>

export function createConsents(ground: Ground, ports: ConsentPorts): Consents {
  const room = new ConsentRoom(ground, ports)
  return {
    ask: (sent, member) => ask({ ...ground, ports }, sent, member),
    answerFor: (id, member) => room.answerFor(id, member),
    of: (account) => room.of(account),
    find: (account, id) => room.find(account, id),
    give: (by, id, choice) => room.give(by, id, choice),
    refuse: (by, id, unwanted = false) => room.refuse(by, id, unwanted),
    allowAsking: (by, id) => room.allowAsking(by, id),
    withdraw: (by, id) => room.withdraw(by, id),
    remind: () => room.remind(),
    announce: () => announce({ ...ground, ports }),
  }
}

class ConsentRoom {
  readonly #ground: Ground
  readonly #ports: ConsentPorts

  constructor(ground: Ground, ports: ConsentPorts) {
    this.#ground = ground
    this.#ports = ports
  }

  async answerFor(id: string, member: string): Promise<ConsentAnswer> {
    const { pool, clock } = this.#ground
    const found = await findConsent(pool, id)
    if (!found?.consumer.startsWith(`${member}/`)) throw new Problem(consentRoomProblems['consent-not-found'])
    const { state } = shown(found, clock())
    return state === 'given' ? { id, state, receipt: await this.#receipt(found) } : { id, state }
  }

  async of(account: string): Promise<readonly Consent[]> {
    const now = this.#ground.clock()
    const kept = await listOf(this.#ground.pool, await this.#keysOf(account))
    return kept
      .filter((consent) => consent.account === undefined || consent.account === account)
      .map((consent) => shown(consent, now))
  }

  async find(account: string, id: string): Promise<Consent> {
    const found = await findConsent(this.#ground.pool, id)
    return shown(await this.#own(account, found, id), this.#ground.clock())
  }

  async give(by: Decider, id: string, { fields, days }: ConsentChoice): Promise<Consent> {
    const { clock, pool } = this.#ground
    return inTransaction(pool, async (client) => {
      const at = clock()
      const asked = await this.#open(client, by, id, 'asked')
      const chosen = asked.fields.filter((field) => fields.includes(field))
      if (chosen.length === 0 || !consentDays.some((known) => known === days)) {
        throw new Problem(consentRoomProblems['consent-choice-invalid'])
      }
      const { account } = by
      const status = await this.#ports.statuses.allocate(client, { account, kind: 'consent' })
      const expires = at + days * day
      await saveGiven(client, { id, account, fields: chosen, at, expires, status })
      await this.#note(client, by, 'consent-given', asked)
      await this.#tell(client, account, givenNotice(this.#nameOf(asked.consumer), id, expires))
      return shown({ ...asked, state: 'given', fields: chosen, givenAt: at, expires }, at)
    })
  }

  async refuse(by: Decider, id: string, unwanted: boolean): Promise<void> {
    await inTransaction(this.#ground.pool, async (client) => {
      const asked = await this.#open(client, by, id, 'asked')
      const at = this.#ground.clock()
      await saveEnded(client, { id, account: by.account, state: 'refused', at, unwanted })
      await this.#note(client, by, unwanted ? 'consent-unwanted' : 'consent-refused', asked)
    })
  }

  async allowAsking(by: Decider, id: string): Promise<void> {
    await inTransaction(this.#ground.pool, async (client) => {
      const refused = await this.#own(by.account, await findConsent(client, id, true), id)
      if (refused.unwanted !== true) return
      await saveWanted(client, id)
      await this.#note(client, by, 'consent-wanted', refused)
    })
  }

  async withdraw(by: Decider, id: string): Promise<void> {
    await inTransaction(this.#ground.pool, async (client) => {
      const given = await this.#open(client, by, id, 'given')
      if (given.status) await this.#ports.statuses.set(client, given.status, 'withdrawn')
      await saveEnded(client, { id, account: by.account, state: 'withdrawn', at: this.#ground.clock() })
      await this.#note(client, by, 'consent-withdrawn', given)
      await this.#tell(client, by.account, withdrawnNotice(this.#nameOf(given.consumer), id))
    })
  }

  async remind(): Promise<number> {
    const { pool, clock } = this.#ground
    return inTransaction(pool, async (client) => {
      const ending = await takeEnding(client, clock(), clock() + endingDays * day)
      for (const { account, consumer, id, expires } of ending) {
        if (account) await this.#tell(client, account, endingNotice(this.#nameOf(consumer), id, expires ?? 0))
      }
      return ending.length
    })
  }

  /** The person's own, locked, in this state. */
  async #open(
    client: PoolClient,
    { account }: Decider,
    id: string,
    state: Consent['state'],
  ): Promise<KeptConsent> {
    const found = await this.#own(account, await findConsent(client, id, true), id)
    if (shown(found, this.#ground.clock()).state !== state) {
      throw new Problem(consentRoomProblems['consent-decided'])
    }
    return found
  }

  async #own(account: string, found: KeptConsent | undefined, id: string): Promise<KeptConsent> {
    const keys = await this.#keysOf(account)
    const isOwn =
      found !== undefined &&
      (found.account ?? account) === account &&
      keys.some(({ scheme, hash }) => scheme === found.scheme && hash.equals(found.subjectHash))
    if (isOwn) return found
    if (found) this.#ground.log.warn({ account, consent: id }, 'somebody asked for another’s consent')
    throw new Problem(consentRoomProblems['consent-not-found'])
  }

  /** The receipt of a consent that holds: the same each time, whenever it is asked for. */
  async #receipt(given: KeptConsent): Promise<string> {
    const { account = '', givenAt = 0, expires = 0, status } = given
    const known = await this.#ports.accounts.identifiersOf(account)
    const subject = known.find(
      ({ scheme, value, proved }) =>
        proved && scheme === given.scheme && this.#key({ scheme, value }).hash.equals(given.subjectHash),
    )
    if (!subject || !status) throw new Problem(consentRoomProblems['consent-not-found'])
    const { id, purpose, provider, service, operations, fields, consumer, law, scheme } = given
    return this.#ports.tokens.consent({
      id,
      subject: { scheme, value: subject.value },
      purpose,
      provider,
      service,
      operations: operations ?? null,
      fields,
      consumer,
      ...(law === undefined ? {} : { law }),
      issuedAt: givenAt,
      expires,
      status,
    })
  }

  async #keysOf(account: string): Promise<SubjectKey[]> {
    const identifiers = await this.#ports.accounts.identifiersOf(account)
    return identifiers
      .filter(({ scheme, proved }) => proved && (scheme === 'national-id' || scheme === 'foreigner-number'))
      .map((identifier) => this.#key(identifier))
  }

  #key(identifier: { readonly scheme: string; readonly value: string }): SubjectKey {
    return subjectKey(this.#ground.hashKey, identifier)
  }

  #nameOf(consumer: string) {
    return orCode(this.#ports.words.member(consumer), consumer)
  }

  async #note(
    client: PoolClient,
    { account, session }: Decider,
    kind: ConsentHistoryKind,
    { consumer, id }: Consent,
  ): Promise<void> {
    const detail = { ...this.#nameOf(consumer), consent: id }
    const entry = { account, kind, detail, ...(session === undefined ? {} : { session }) }
    await this.#ports.history.record(client, entry)
  }

  async #tell(client: PoolClient, account: string, notice: ReturnType<typeof givenNotice>): Promise<void> {
    await this.#ports.notices.send(client, { account, kind: 'consent', ...notice })
  }
}

/** As people and agencies see it: without what only the room knows, and with what time has done to it. */
function shown(kept: KeptConsent, now: number): Consent {
  const { scheme: _scheme, subjectHash: _hash, account: _account, status: _status, ...consent } = kept
  const ends = kept.state === 'asked' ? kept.askedUntil : kept.state === 'given' ? kept.expires : undefined
  return ends !== undefined && ends <= now ? { ...consent, state: 'lapsed', endedAt: ends } : consent
}
