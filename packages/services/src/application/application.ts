import type { JsonValue } from '@sapan/casework'
import type { Language } from '@sapan/kernel'
import type { Answers } from './answers.ts'
import type { Facts, FieldMarks } from './fact.ts'

/** How the numbers are told apart by which agencies know applicants. */
export const applicantSchemes = ['national-id', 'foreigner-number', 'passport', 'juristic-id'] as const

/** For whom an application is made, as expressions see it (`applicant`). */
export interface Applicant {
  /** The account of who fills it in. */
  readonly account: string
  readonly kind: 'person' | 'company'
  /** National number, foreigner number, passport (`GBR:123456789`) or number of the company: of whom it is about. */
  readonly id: string
  readonly scheme: (typeof applicantSchemes)[number]
  readonly name: { readonly th: string; readonly en: string }
  /** Set where somebody acts for them. */
  readonly mandate?: string
}

/** What is filled in so far, sealed as one. */
export interface DraftContent {
  readonly applicant: Applicant
  readonly answers: Answers
  readonly facts: Facts
  readonly marks: FieldMarks
  /** Pages that were sent at least once without error. */
  readonly done: readonly string[]
}

/** What was handed in; it never changes. The content of the case. */
export interface Application extends DraftContent {
  readonly service: string
  readonly version: number
  /** Of the definition. */
  readonly digest: string
  /** The draft that it was; the files that answers name lie with it. */
  readonly draft: string
  readonly language: Language
  readonly calculated: Readonly<Record<string, JsonValue>>
  /** Milliseconds since 1970. */
  readonly submittedAt: number
}
