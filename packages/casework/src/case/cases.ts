import type {
  CalendarDate,
  Clock,
  Jobs,
  Logger,
  Pool,
  PoolClient,
  Problem,
  Text,
  WorkingDays,
} from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import type { Colleagues } from '../casework.ts'
import type { Colleague, JsonValue, Officer } from '../task/task.ts'
import type { Case, CaseOpening, CasePerson, CaseRuling, CaseSeen, CaseSummary } from './case.ts'
import type { CaseEvent } from './event.ts'
import type { CaseCounts, CasePage, CaseQuery } from './query.ts'
import type { CaseAction } from './states.ts'

/** Whom a case is about. */
export interface CaseAbout {
  readonly applicant: string
  readonly parties: readonly string[]
  /** Of what kinds the parties are; absent where that is not known. */
  readonly kinds?: readonly string[]
}

/** Whether a case touches an officer's own matter; `unknown` with names of the registers that would know and are silent. */
export type Concern = 'yes' | 'no' | { readonly unknown: readonly Text[] }

/** All in which an officer has a part. */
export interface Interests {
  /** Keyed hashes of the person and of all for whom they act: lists leave out what is about them. */
  readonly parties: readonly string[]
  /** Registers that are silent, each with the kind of parties of which it would know. */
  readonly silent: readonly { readonly kind: string; readonly register: Text }[]
}

/** Who has a part in a case themselves. */
export interface CaseConcerns {
  /** Whether an officer's own matter is touched, or one of those for whom they act. */
  isConcerned(account: string, about: CaseAbout): Promise<Concern>
  interestsOf(account: string): Promise<Interests>
}

export interface CasesOptions {
  readonly pool: Pool
  readonly clock: Clock
  readonly days: WorkingDays
  readonly sealer: Sealer
  readonly log: Logger
  readonly jobs: Jobs
  readonly officers: Colleagues
  readonly concerns: CaseConcerns
  /** The actions on which rooms wait: of these a job goes out. All by default. */
  readonly announced?: readonly CaseAction[]
  /** The year that stands in receipt numbers, of a day `2026-11-23`; by default the Buddhist one. */
  readonly yearOf?: (date: CalendarDate) => number
}

/** What comes of one of many: the case as it is now, or why not. */
export interface CaseReport {
  readonly case: string
  readonly now?: CaseSummary
  readonly problem?: Problem
}

/**
 * What officers do. Each throws `case-not-found` for what the officer may not see (logged), `case-concern-unknown` while
 * it is not known whether it is their own (logged), `case-changed` where
 * somebody was faster, `case-transition-not-allowed` where the state does not allow it, `case-not-yours` where a
 * colleague has it, `case-other-officer-needed` where the officer did another step that this one has to check.
 */
export interface CaseActions {
  take(officer: Officer, seen: CaseSeen): Promise<CaseSummary>
  /** Gives it to a holder of the duty. Throws `case-colleague-unsuitable`. */
  assign(officer: Officer, seen: CaseSeen, to: string): Promise<CaseSummary>
  release(officer: Officer, seen: CaseSeen): Promise<CaseSummary>
  /** For officers' eyes. */
  note(officer: Officer, seen: CaseSeen, text: string): Promise<CaseSummary>
  /** Asks the applicant for more: the clock stands until they reply. `wanted`: what beside words, for the room that reads it. */
  ask(officer: Officer, seen: CaseSeen, text: string, wanted?: JsonValue): Promise<CaseSummary>
  review(officer: Officer, seen: CaseSeen, text?: string): Promise<CaseSummary>
  /** To the step before; a decision that waits for its signature, to who decides. */
  sendBack(officer: Officer, seen: CaseSeen, why: string): Promise<CaseSummary>
  endorse(officer: Officer, seen: CaseSeen, text?: string): Promise<CaseSummary>
  /** Throws `case-reasons-missing`, and `case-decision-differs` where a second officer decides otherwise. */
  decide(officer: Officer, seen: CaseSeen, ruling: CaseRuling): Promise<CaseSummary>
  /** Puts it as signed; `data` says with which signature. The document is the caller's work. */
  sign(officer: Officer, seen: CaseSeen, data?: JsonValue): Promise<CaseSummary>
  /** For what was registered by mistake, before a decision: its number stays, with the reason. */
  void(officer: Officer, seen: CaseSeen, why: string): Promise<CaseSummary>
  /**
   * Throws what the action would throw, and does nothing: for what a room has to do before it. Without a version, for the
   * case as it stands.
   */
  assertMay(
    officer: Officer,
    seen: Pick<CaseSeen, 'case'> & Partial<CaseSeen>,
    action: CaseAction,
  ): Promise<void>
  /** One after the other, each alone: what cannot be done with one does not stop the others. */
  actOnMany(
    seen: readonly CaseSeen[],
    act: (seen: CaseSeen) => Promise<CaseSummary>,
  ): Promise<readonly CaseReport[]>
}

/**
 * What officers see. A case of another agency or duty, or that concerns them, is `case-not-found`, and logged; one of which
 * that is not known, because a register is silent, is `case-concern-unknown`, and logged. Lists leave both out.
 */
export interface CaseReading {
  queue(officer: Officer, query: CaseQuery): Promise<CasePage>
  counts(officer: Officer): Promise<CaseCounts>
  /** With its content: that the officer looked is kept, and shown to the person. */
  read(officer: Officer, id: string): Promise<Case>
  /** All that happened, the first first. */
  history(officer: Officer, id: string): Promise<readonly CaseEvent[]>
  colleaguesFor(officer: Officer, id: string): Promise<readonly Colleague[]>
}

/** A look at a case's content at the desk. */
export interface CaseView {
  readonly officer: string
  readonly at: number
}

/** What people see and do. Somebody else's case is `case-not-found`, and logged. */
export interface CasePeople {
  /** The latest first; with cases of those for whom the person acts. */
  ofApplicant(
    person: CasePerson,
    page?: { readonly limit?: number; readonly after?: string },
  ): Promise<CasePage>
  /** Cases that await their consent. */
  askedOf(person: CasePerson): Promise<readonly CaseSummary[]>
  /** Who was only asked for consent sees it without its content. */
  find(person: CasePerson, id: string): Promise<Case>
  /** Without what officers write among themselves, and without their names. */
  storyOf(person: CasePerson, id: string): Promise<readonly CaseEvent[]>
  viewsOf(person: CasePerson, id: string): Promise<readonly CaseView[]>
  /** The answer to a request for information. In the caller's transaction, as are all of these. */
  reply(client: PoolClient, person: CasePerson, seen: CaseSeen, data: JsonValue): Promise<CaseSummary>
  /** A withdrawn appeal leaves the first decision. */
  withdraw(client: PoolClient, person: CasePerson, seen: CaseSeen, why?: string): Promise<CaseSummary>
  /** Throws `case-appeal-too-late`. */
  appeal(client: PoolClient, person: CasePerson, seen: CaseSeen, grounds: string): Promise<CaseSummary>
  /** Of somebody who was asked: yes or no. */
  consent(
    client: PoolClient,
    person: CasePerson,
    id: string,
    answer: { readonly consent: string; readonly agrees: boolean },
  ): Promise<CaseSummary>
}

/** What the rooms around do, in their own transactions. Each locks the case: they need no version. */
export interface CaseSystem {
  /**
   * Registers a case. Call it last in the transaction: from here on the agency's next number waits for the commit.
   * The same key again gives the case that is there.
   */
  open(client: PoolClient, opening: CaseOpening): Promise<Case>
  /** Several at once, in their order, with the same promises: they cost little more than one. */
  openAll(client: PoolClient, openings: readonly CaseOpening[]): Promise<readonly Case[]>
  /** The case of a key, where there is one. */
  byKey(client: PoolClient | Pool, key: string): Promise<Case | undefined>
  /** For the system's own work; asks nobody's permission. */
  byId(client: PoolClient | Pool, id: string): Promise<Case | undefined>
  eventsOf(client: PoolClient | Pool, id: string): Promise<readonly CaseEvent[]>
  /** The fee is there; again changes nothing. `case-transition-not-allowed` where the case is over: too late. */
  pay(client: PoolClient, id: string): Promise<CaseSummary>
  decideByRule(client: PoolClient, id: string, ruling: CaseRuling): Promise<CaseSummary>
  /** An effect was carried out: what it was, for the record. */
  carryOut(client: PoolClient, id: string, data: JsonValue): Promise<CaseSummary>
  /** Something could not be carried out: an officer looks at it again. */
  returnToOfficer(client: PoolClient, id: string, why: string): Promise<CaseSummary>
  /** All is carried out, and the applicant told: their time to appeal begins. */
  complete(client: PoolClient, id: string): Promise<CaseSummary>
  /** Jobs for every few minutes; give how many. */
  markOverdue(limit?: number): Promise<number>
  lapse(limit?: number): Promise<number>
  /**
   * The same: moves times whose last day became a holiday to the next working day (Civil and Commercial Code, section
   * 193/8). None is ever moved to an earlier day: people rely on what they were told.
   */
  postpone(limit?: number): Promise<number>
  /** Cases that ended before a time, for the rules of keeping: the oldest first. */
  endedBefore(
    at: number,
    filter: { readonly agency: string; readonly service: string; readonly limit: number },
  ): Promise<readonly CaseSummary[]>
  /** Destroys what it holds: its key. Number, times and states stay. */
  erase(client: PoolClient, id: string, why: string): Promise<CaseSummary>
}

/** Cases of services, with their numbers, clocks and states. */
export interface Cases extends CaseActions, CaseReading, CasePeople, CaseSystem {}
