import type { JsonValue } from '@sapan/casework'
import type { Expression } from '@sapan/cel'
import type { Text } from '@sapan/kernel'
import type { EvidenceCalls } from './evidence-call.ts'
import type { Form } from './form.ts'
import type { Workflow } from './workflow.ts'

export const audiences = ['citizen', 'business', 'foreigner'] as const
export type Audience = (typeof audiences)[number]

/** One version of a service, as its three files say it: everything else is made of this. */
export interface ServiceDefinition {
  /** `income-tax-return`: in addresses, the same for all its versions. */
  readonly id: string
  /** A whole number from 1; cases keep the one under which they were handed in. */
  readonly version: number
  /** The oldest version under which what is being filled in may still be handed in; absent: this one only. */
  readonly acceptsSince?: number
  readonly name: Text
  readonly summary: Text
  /** What people call it, in their own words: `ทำพาสปอร์ตหาย`. For the search. */
  readonly says: { readonly th: readonly string[]; readonly en: readonly string[] }
  /** The member that is competent: `TH/GOV/RD`. */
  readonly owner: string
  /** Its subsystem that asks and tells registers: `TH/GOV/RD/efiling`. */
  readonly consumer: string
  /** For what it asks, where a piece of evidence says nothing else. */
  readonly purpose: string
  readonly audience: readonly Audience[]
  readonly applicant: ApplicantRule
  /** Codes of the country's life events: `birth`. */
  readonly lifeEvents: readonly string[]
  readonly laws: readonly LawReference[]
  /** Absent: nothing is to be paid. */
  readonly fee?: Fee
  /** The time in which it is decided, in working days. */
  readonly workingDays: number
  readonly channels: readonly ServiceChannel[]
  readonly level: { readonly ial: string; readonly aal: string }
  /** What people and officers do, as the manual for citizens says it. */
  readonly steps: readonly ManualStep[]
  /** Documents that people bring themselves, which no agency holds. */
  readonly documents: readonly Text[]
  readonly evidence: readonly Evidence[]
  readonly requirements: readonly Requirement[]
  /** Absent: it may be applied for however often. */
  readonly once?: OnceRule
  readonly outputs: readonly Output[]
  /** Data of rules by their names here: brackets, limits, codes. */
  readonly tables: Readonly<Record<string, JsonValue>>
  readonly form: Form
  readonly workflow: Workflow
  /** SHA-256 of its files, in hex. */
  readonly digest: string
}

/** A service that is applied for once by an applicant, or once for each value of what it is counted by. */
export interface OnceRule {
  /** `answers.taxYear`; absent: once in all. */
  readonly per?: Expression
  /** The decisions after which it may be applied for anew; what was withdrawn, lapsed or voided never counts. */
  readonly freedBy: readonly string[]
  /** What is said to who applies again, and what they can do instead. */
  readonly otherwise: Text
}

/** For whom one may apply, and as what. */
export interface ApplicantRule {
  /** `self`: as oneself. `company`, `child`, `person`: under a mandate. */
  readonly as: readonly ('self' | 'company' | 'child' | 'person')[]
  /** The kind of act that a mandate must cover: a code of the country's mandates. */
  readonly scope?: string
}

export interface LawReference {
  /** A code of the country's laws. */
  readonly law: string
  readonly section: string
  readonly about: Text
}

export interface Fee {
  /** Satang. */
  readonly amount: Expression
  readonly when: 'with-submission' | 'after-decision'
  readonly about: Text
}

export interface ServiceChannel {
  readonly kind: 'online' | 'counter' | 'post' | 'phone'
  readonly about: Text
}

export interface ManualStep {
  readonly title: Text
  readonly who: Text
  /** How long it takes: `1 วันทำการ`. */
  readonly takes?: Text
}

/** What another agency holds, and how it is asked for (CPSV-AP: evidence). */
export interface Evidence extends EvidenceCalls {
  /** Its name in `facts`. */
  readonly id: string
  readonly name: Text
  /** `TH/GOV/DOPA/population/person-v1` */
  readonly service: string
  readonly method: 'GET'
  readonly purpose: string
  /** Under which law the owner gives it; the first of the service's laws where absent. */
  readonly law?: LawReference
  /** Only asked where this is true; it waits while it is not known. */
  readonly when?: Expression
  /** JSON pointers without lists' numbers, as grants name them: `members.birthDate`. */
  readonly fields: readonly string[]
  /** Labels of those fields that are shown. */
  readonly shows: readonly Shows[]
  /** What a 404 says: `{}` or `{ employments: [] }`; absent: it counts as not answered. */
  readonly none?: JsonValue
  /** Whether it is asked again when the case is decided, and differences are shown. */
  readonly again: boolean
}

/** A field of what a register says, as the definition shows it. */
export interface Shows {
  readonly field: string
  readonly label: Text
  readonly as?: FactKind
  /** What the register's codes mean. */
  readonly words?: Readonly<Record<string, Text>>
}

/** `subdistrict`, `country`: the code of one, which people read as its name. */
export type FactKind =
  | 'text'
  | 'date'
  | 'money'
  | 'national-id'
  | 'address'
  | 'name'
  | 'yes-no'
  | 'subdistrict'
  | 'country'

/** What must be so for the service to be given. Answered before anybody signs in, too. */
export interface Requirement {
  readonly id: string
  readonly rule: Expression
  readonly name: Text
  /** What follows when it is not so. */
  readonly otherwise: Text
  readonly law: LawReference
  /** Fields of the form by which somebody who is not signed in answers it. */
  readonly asks: readonly string[]
  /** Whether an application that does not meet it is refused at once, or an officer looks at it. */
  readonly refuses: boolean
}

/** A signed document that a decision brings (CPSV-AP: output). */
export interface Output {
  readonly id: string
  readonly name: Text
  /** A shipped template of documents: `certificate-letter`, `licence`, `receipt`. */
  readonly template: string
  /** What the template takes, each part an expression or a text; checked against its schema with an example. */
  readonly data: JsonTemplate
  readonly evidenceFor: readonly EvidenceFor[]
}

/** Another service, for which an output is the evidence. */
export interface EvidenceFor {
  readonly service: string
  /** Of whom it is asked, where not of everybody: `If you claim a child`. */
  readonly when?: Text
}

/** JSON whose leaves may be expressions: written as `{ cel: … }`. */
export type JsonTemplate =
  | string
  | number
  | boolean
  | null
  | Expression
  | readonly JsonTemplate[]
  | { readonly [key: string]: JsonTemplate }
