import type { Text } from '@sapan/kernel'

/** What of somebody's data an activity is about: a field that is let through, or a question that is answered. */
export interface DataCategory {
  /** A dotted path into the answer, or the operation of a question. */
  readonly field: string
  /** As the service's description has it; null where there is none that knows it. */
  readonly text: Text | null
  /** Of the core vocabulary: `person:birthDate`. */
  readonly term: string | null
}

/** Whose data an activity is about. */
export interface SubjectCategory {
  /** Those about whom it is asked, those of whom the answer tells, or those of whom the request itself tells. */
  readonly whom: 'asked' | 'answered' | 'sent'
  /** By what they are known there, as the service's description has it. */
  readonly text: Text | null
}

/** How much there was of an activity in the days that were asked for. */
export interface ProcessingVolume {
  readonly answered: number
  readonly refused: number
  readonly failed: number
  /** How often somebody was concerned; who was looked at twice counts twice. */
  readonly people: number
  /** `2026-11-23`; null where there was nothing. */
  readonly firstDay: string | null
  readonly lastDay: string | null
}

/** Data that a member gives to another, or takes from it, under one grant. */
export interface ProcessingActivity {
  readonly role: 'gives' | 'takes'
  /** Whose record it is in. */
  readonly member: string
  /** To whom, or from whom. */
  readonly other: { readonly member: string; readonly name: Text | null }
  readonly consumer: string
  readonly service: string
  readonly title: Text | null
  readonly purpose: string
  readonly law: { readonly act: Text; readonly section: string }
  /** Whether the law alone allows it, or the person must have agreed. */
  readonly basis: 'law' | 'consent'
  readonly data: readonly DataCategory[]
  readonly subjects: readonly SubjectCategory[]
  /** Nothing but answers to questions is given. */
  readonly answersOnly: boolean
  /** RFC 3339. */
  readonly from: string
  readonly until: string
  readonly state: 'live' | 'later' | 'ended' | 'withdrawn'
  /** Accesses are shown to the person only from then on. */
  readonly withheldUntil: string | null
  /** For how long what was said is kept, and under which law it goes; null where it stays. */
  readonly kept: { readonly days: number; readonly under: string } | null
  readonly volume: ProcessingVolume
  /** The grant's hash. */
  readonly grant: string
}

/** What members do with other people's data in some days, as their grants and their evidence tell it. */
export interface ProcessingRecord {
  readonly members: readonly { readonly id: string; readonly name: Text | null }[]
  /** Both days count: `2026-11-01`. */
  readonly from: string
  readonly to: string
  readonly measures: readonly Text[]
  readonly activities: readonly ProcessingActivity[]
}
