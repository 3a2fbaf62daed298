import type { CaseStep } from '@sapan/casework'
import type { Expression } from '@sapan/cel'
import type { Text } from '@sapan/kernel'
import type { JsonTemplate, LawReference } from './definition.ts'
import type { Field } from './form.ts'

/** How an application is handled. */
export interface Workflow {
  /** The member that handles it, where it is not the owner: `facts.house.registrar`. */
  readonly handler?: Expression
  /** Where true, it is decided by rule with the first decision, at once; an officer sees it afterwards. */
  readonly automatic?: Expression
  /** In their order: review, endorse, decide, sign. */
  readonly steps: readonly CaseStep[]
  /** Others who must agree before it goes on: the master of the new house. */
  readonly consents: readonly PartyConsent[]
  readonly decisions: readonly DecisionRule[]
  readonly effects: readonly Effect[]
  readonly appeal?: AppealRule
  /** What follows where what a decision calls in is not paid in time. */
  readonly unpaid?: LawReference
  /** How long the applicant has for what is awaited of them; the country's rule where the definition says nothing. */
  readonly waits: Waits
}

/** After these the case lapses. */
export interface Waits {
  readonly information: Wait
  readonly payment: Wait
}

export interface Wait {
  /** Days of the calendar. */
  readonly days: number
  readonly law: LawReference
}

/** Somebody else whose yes is needed. */
export interface PartyConsent {
  readonly id: string
  /** The national number of who is asked. */
  readonly of: Expression
  readonly when?: Expression
  readonly asks: Text
  /** Fields of the form whose answers they see, since they agree to them. */
  readonly shows?: readonly string[]
  readonly days: number
}

/** One of the ways in which it can end. */
export interface DecisionRule {
  /** `granted`, `refused`, `granted-in-part` … */
  readonly id: string
  readonly name: Text
  /** Whether the applicant got what they asked for: what is not, can be appealed and needs a reason. */
  readonly favours: boolean
  /** Reasons to choose from, each with its law. An officer adds words. */
  readonly reasons: readonly DecisionReason[]
  /** Questions that the officer answers with the decision (an assessed amount): fields as in forms, under `decision`. */
  readonly asks: readonly Field[]
  /** Ids of effects, in their order, and of outputs. */
  readonly effects: readonly string[]
  readonly outputs: readonly string[]
  /** Satang that the applicant gets, and satang that they still pay; absent: none. */
  readonly refund?: Expression
  readonly payment?: Expression
  /** Days by which the payment is due in as many equal parts; absent, or none of them to come: in one, in the usual time. */
  readonly paymentDue?: Expression
}

export interface DecisionReason {
  readonly id: string
  readonly text: Text
  readonly law: LawReference
}

/** A change of a register that a decision makes, told once however often it is tried (its key is the case and the effect). */
export interface Effect {
  readonly id: string
  readonly name: Text
  readonly service: string
  readonly operation: string
  readonly method: 'POST' | 'PUT'
  readonly path: string
  readonly parameters: Readonly<Record<string, Expression>>
  readonly purpose: string
  readonly when?: Expression
  readonly body: JsonTemplate
  /** Paths of the body (`fatherId`) that the register wants to be told also where they are null; others are left out. */
  readonly nulls?: readonly string[]
}

export interface AppealRule {
  /** Days of the calendar after the decision was told. */
  readonly days: number
  /** Who decides it; somebody else than who decided first. */
  readonly duty: string
  readonly workingDays: number
  readonly law: LawReference
}
