import type { PoolClient } from '@sapan/kernel'
import type { IdentityGround } from '../ground.ts'
import { type ActRequest, act, ownMandate, type Representation } from './act.ts'
import { type ActingFor, chooseActing, createActing } from './acting.ts'
import { nameChild } from './children.ts'
import type { MandatesCountry } from './country.ts'
import { resumeAll, suspendAll } from './freeze.ts'
import { type Answer, answer, redeem, seenProposal, takeBack } from './given/answer.ts'
import type { Proposal } from './given/proposal.ts'
import { announce, type NewProposal, propose } from './given/propose.ts'
import { announceHelp, askToHelp, type HelpAsked, type Helper, seenRequest } from './helper/ask.ts'
import { decideHelp, type Person } from './helper/decide.ts'
import { type Interests, interests, mayBeUnderAge } from './interests.ts'
import { callOff, confirm, takeBackConfirmation } from './joint/confirm.ts'
import type { JointAct } from './joint/joint-act.ts'
import { type NewJointAct, prepare } from './joint/prepare.ts'
import { seenAct } from './joint/room.ts'
import { carryOut, type JointRepresentation } from './joint/use.ts'
import type { Mandate, MandateRecord } from './mandate.ts'
import { type Overview, overview, usableMandates, type WholeRoom } from './overview.ts'
import type { MandatePorts } from './ports.ts'
import { CompanyRegister } from './registers/company.ts'
import { FreshAnswers } from './registers/fresh-answers.ts'
import { PopulationRegister } from './registers/population.ts'
import type { Doer } from './room.ts'
import { ChildSource } from './sources/child.ts'
import { CompanySource } from './sources/company.ts'
import { HelperRecords, type HelperRequest } from './store/helper-requests.ts'
import { JointRecords } from './store/joint-acts.ts'
import { ProposalRecords } from './store/proposals.ts'
import { MandateRecords } from './store/records.ts'
import { withdraw } from './withdraw.ts'

export interface MandatesOptions extends MandatePorts {
  /** Member ids of agencies that a mandate may be limited to; none by default. */
  readonly agencies?: readonly string[]
}

/** Acting for others. What each method throws stands with the function of its name. */
export interface Mandates {
  /**
   * Those that can be used now: not what is suspended or begins later. Registers are asked now, and what is theirs is left
   * out where one is silent.
   */
  of(account: string): Promise<readonly Mandate[]>
  /** For whom the person stands aside as an officer: with what registers that are silent said last, and which those are. */
  interests(account: string): Promise<Interests>
  /** Whether parents may act for somebody; true also where their day of birth is not known. */
  mayBeUnderAge(account: string): Promise<boolean>
  overview(doer: Pick<Doer, 'account'>): Promise<Overview>
  /** One's own, whatever its state. */
  own(doer: Doer, id: string): Promise<MandateRecord>
  act(doer: Doer, id: string, request: ActRequest): Promise<Representation>
  withdraw(doer: Doer, id: string): Promise<void>
  nameChild(doer: Doer, number: string): Promise<string>
  readonly proposals: {
    propose(doer: Doer, proposal: NewProposal): Promise<{ readonly id: string; readonly code?: string }>
    seen(doer: Doer, id: string): Promise<Proposal & { readonly isForMe: boolean }>
    redeem(doer: Doer, code: string): Promise<string>
    answer(doer: Doer, id: string, given: Answer): Promise<string | undefined>
    takeBack(doer: Doer, id: string): Promise<void>
    /** A job for every few seconds. */
    announce(): Promise<number>
  }
  readonly joint: {
    prepare(doer: Doer, asked: NewJointAct): Promise<string>
    seen(doer: Doer, id: string): Promise<JointAct>
    confirm(doer: Doer, id: string, seal?: boolean): Promise<JointAct>
    takeBackConfirmation(doer: Doer, id: string): Promise<void>
    callOff(doer: Doer, id: string): Promise<void>
    carryOut(
      doer: Doer,
      id: string,
      what: { readonly scope: string; readonly act: unknown },
    ): Promise<JointRepresentation>
  }
  readonly help: {
    ask(helper: Helper, asked: HelpAsked): Promise<HelperRequest>
    seen(doer: Doer, id: string): Promise<HelperRequest>
    /** What waits for a person's answer. */
    waiting(person: Pick<Doer, 'account'>): Promise<readonly HelperRequest[]>
    /** What a helper has asked for in the last day, the newest first. */
    askedBy(helper: Pick<Doer, 'account'>): Promise<readonly HelperRequest[]>
    decide(person: Person, id: string, decision: 'approve' | 'deny'): Promise<string | undefined>
    /** A job for every second. */
    announce(): Promise<number>
  }
  readonly acting: {
    choose(doer: Doer, mandate: string | undefined): Promise<ActingFor | undefined>
    of(who: Pick<Doer, 'account' | 'session'>): Promise<ActingFor | 'ended' | undefined>
  }
  suspendAll(client: PoolClient, account: string): Promise<void>
  resumeAll(client: PoolClient, account: string): Promise<void>
}

export type MandatesGround = Pick<IdentityGround, 'pool' | 'clock' | 'log' | 'sealer' | 'hashKey' | 'ask'> & {
  readonly country: { readonly mandates: MandatesCountry }
}

export function createMandates(ground: MandatesGround, options: MandatesOptions): Mandates {
  const room = roomOf(ground, options)
  return {
    of: (account) => usableMandates(room, account),
    interests: (account) => interests(room, account),
    mayBeUnderAge: (account) => mayBeUnderAge(room, account),
    overview: (doer) => overview(room, doer),
    own: (doer, id) => ownMandate(room, doer, id),
    act: (doer, id, request) => act(room, doer, id, request),
    withdraw: (doer, id) => withdraw(room, doer, id),
    nameChild: (doer, number) => nameChild(room, doer, number),
    proposals: {
      propose: (doer, proposal) => propose(room, doer, proposal),
      seen: (doer, id) => seenProposal(room, doer, id),
      redeem: (doer, code) => redeem(room, doer, code),
      answer: (doer, id, given) => answer(room, doer, id, given),
      takeBack: (doer, id) => takeBack(room, doer, id),
      announce: () => announce(room),
    },
    joint: {
      prepare: (doer, asked) => prepare(room, doer, asked),
      seen: (doer, id) => seenAct(room, doer, id),
      confirm: (doer, id, seal) => confirm(room, doer, id, seal),
      takeBackConfirmation: (doer, id) => takeBackConfirmation(room, doer, id),
      callOff: (doer, id) => callOff(room, doer, id),
      carryOut: (doer, id, what) => carryOut(room, doer, id, what),
    },
    help: {
      ask: (helper, asked) => askToHelp(room, helper, asked),
      seen: (doer, id) => seenRequest(room, doer, id),
      waiting: ({ account }) => room.helpers.waitingFor(room.pool, account, room.clock()),
      askedBy: ({ account }) => {
        const now = room.clock()
        return room.helpers.askedBy(room.pool, account, { since: now - 86_400_000, now })
      },
      decide: (person, id, decision) => decideHelp(room, person, id, decision),
      announce: () => announceHelp(room),
    },
    acting: {
      choose: (doer, mandate) => chooseActing(room, doer, mandate),
      of: createActing(room),
    },
    suspendAll: (client, account) => suspendAll(room, client, account),
    resumeAll: (client, account) => resumeAll(room, client, account),
  }
}

function roomOf(ground: MandatesGround, { agencies = [], ...ports }: MandatesOptions): WholeRoom {
  const { pool, clock, log, sealer, hashKey, ask } = ground
  const country = ground.country.mandates
  const { company, population } = country.registers
  const companies = new CompanyRegister(new FreshAnswers(ask, clock, company))
  const people = new PopulationRegister(new FreshAnswers(ask, clock, population))
  return {
    ...ports,
    pool,
    clock,
    log,
    sealer,
    hashKey,
    country,
    agencies,
    records: new MandateRecords(sealer),
    proposals: new ProposalRecords(sealer),
    joint: new JointRecords(sealer),
    helpers: new HelperRecords(sealer),
    sources: {
      company: new CompanySource(companies, country),
      child: new ChildSource(people, country, clock),
    },
  }
}
