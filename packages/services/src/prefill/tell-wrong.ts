import { isDeepStrictEqual } from 'node:util'
import { Problem } from '@sapan/kernel'
import type { ServiceDefinition } from '../definition/definition.ts'
import { changeDraft } from '../draft/change.ts'
import type { Draft, DraftOwner, Drafts } from '../draft/draft.ts'
import { readWritten, type Written } from '../form/written.ts'
import { applyFacts } from './apply.ts'
import { dispute } from './decide.ts'
import { type DisputeGround, openDispute } from './dispute.ts'
import { factProblems } from './problems.ts'
import { type ShownValue, shownAt, shownFields } from './shown.ts'
import { type EvidenceStanding, standingsOf } from './standing.ts'
import { withoutOld } from './usable.ts'

/** Letters in which somebody says what is right. */
export const longestDispute = 2_000

/** Reads what somebody wrote of what is wrong. Pure. */
export function readDispute(raw: string): Written {
  return readWritten(raw, { most: longestDispute, lines: true })
}

/** A draft as it is opened, by a page or a program. */
export interface DraftOpened {
  readonly definition: ServiceDefinition
  readonly draft: Draft
  readonly owner: DraftOwner
  /** `2026-11-22` */
  readonly today: string
}

interface Options {
  readonly ground: DisputeGround
  readonly drafts: Pick<Drafts, 'find' | 'save'>
}

/** Without what waited too long for the person's word. */
export async function forgotten<Opened extends DraftOpened>(
  { ground, drafts }: { readonly ground: Pick<DisputeGround, 'clock'>; readonly drafts: Options['drafts'] },
  opened: Opened,
): Promise<Opened> {
  const { facts } = opened.draft.content
  if (isDeepStrictEqual(withoutOld(facts, ground.clock()), facts)) return opened
  const draft = await changeDraft({ drafts }, opened, (content) =>
    applyFacts(opened.definition, { ...content, facts: withoutOld(content.facts, ground.clock()) }),
  )
  return { ...opened, draft }
}

/** A value of a register, and how that stands. */
export interface Disputable {
  readonly standing: EvidenceStanding
  readonly value: ShownValue
}

/** The value that is named; only what the person is shown. Throws `fact-not-found`. Pure. */
export function disputable(
  { definition, draft, today }: DraftOpened,
  { evidence, path }: { readonly evidence: string | undefined; readonly path: string },
): Disputable {
  const standing = standingsOf(definition, draft.content, today).find((one) => one.evidence.id === evidence)
  const value = standing && shownAt(shownFields(definition, standing.evidence), standing.fact?.data, path)
  if (standing === undefined || value === undefined) throw new Problem(factProblems['fact-not-found'])
  return { standing, value }
}

/** Tells whoever holds a value that it is wrong, in the words of this account, and marks it in the draft. */
export async function tellWrong(
  { ground, drafts }: Options,
  opened: DraftOpened,
  said: Disputable & { readonly account: string; readonly words: string },
): Promise<Draft> {
  const { definition, draft } = opened
  const { evidence, fact } = said.standing
  if (fact === undefined) throw new Problem(factProblems['fact-not-found'])
  const { account, value, words } = said
  const { applicant } = draft.content
  const task = await openDispute(ground, definition, { account, applicant, evidence, fact, value, words })
  return await changeDraft({ drafts }, opened, (content) =>
    dispute(definition, content, { evidence: evidence.id, path: value.path, task }),
  )
}
