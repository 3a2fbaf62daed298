import type { StatusRef } from '@sapan/exchange'
import type { Text } from '@sapan/kernel'

/** What somebody may have of a person's data, why and until when. */
export interface ConsentTerms {
  /** The subsystem that may ask: `TH/COM/PAYROLL/main`. */
  readonly consumer: string
  /** The member that answers, and its service. */
  readonly provider: string
  readonly service: string
  readonly purpose: string
  readonly law?: string
  /** All of the service's where it is absent. */
  readonly operations?: readonly string[]
  /** Dotted paths of the answer, each with all below it. */
  readonly fields: readonly string[]
}

/** `lapsed`: a question that nobody answered, or a consent whose time is over. */
export type ConsentState = 'asked' | 'given' | 'refused' | 'withdrawn' | 'lapsed'

/** A consent, or a question for one. Times are milliseconds since 1970. */
export interface Consent extends ConsentTerms {
  readonly id: string
  readonly state: ConsentState
  /** What the agency says that it is for. */
  readonly reason: Text
  readonly reference: string
  readonly askedAt: number
  /** A question ends then; a consent at `expires`. */
  readonly askedUntil?: number
  readonly givenAt?: number
  readonly expires?: number
  readonly endedAt?: number
  /** Refused, and the agency is not to ask for this again. */
  readonly unwanted?: boolean
}

/** Whose data it is about, and where its status stands: for the room alone. */
export interface KeptConsent extends Consent {
  readonly scheme: string
  readonly subjectHash: Buffer
  readonly account?: string
  readonly status?: StatusRef
}

/** Days for which somebody can consent; the shortest is chosen for them at first. */
export const consentDays = [30, 90, 365] as const

/** How many questions one agency may ask one person in a day, whatever becomes of them. */
export const mostAskedPerDay = 5

/** How long an agency's question waits for its answer (days). */
export const questionDays = 30

/** From when on a consent counts as about to end (days). */
export const endingDays = 14

export const day = 86_400_000
