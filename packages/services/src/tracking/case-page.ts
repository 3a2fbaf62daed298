import type { Case, CaseEvent } from '@sapan/casework'
import { type Language, Problem } from '@sapan/kernel'
import {
  backLink,
  details,
  inset,
  notification,
  plainTime,
  type SitePage,
  type SummaryRow,
  summaryList,
  tag,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { waitText } from '../application/wait-text.ts'
import { supplementsSection } from '../pages/supplements-section.ts'
import { isOwn } from '../submission/who.ts'
import { decisionSection } from './decision-section.ts'
import { doingSection } from './doing-section.ts'
import { findOwn } from './find-own.ts'
import { documentsSection, storySection, viewsSection } from './follow-sections.ts'
import { factsSection, handedInSection } from './handed-in-section.ts'
import { mayAct } from './may-act.ts'
import type { TrackingOptions, TrackingRequest } from './options.ts'
import { refundSection } from './refund-section.ts'
import { stateWords } from './state-words.ts'
import { trackingWords as words } from './words.ts'

/** A case of one's own, or of somebody for whom one acts. Another's is `case-not-found`, and logged. */
export async function ownCase({ ground }: TrackingOptions, { who, parameters }: TrackingRequest) {
  const own = await findOwn(ground, who.account, parameters.case ?? '')
  return { ...own, isOwn: isOwn(own.found, own.person) }
}

/**
 * The same for what only who may act has a use for, as `person`; undefined for who may only look or was only asked to agree,
 * and logged.
 */
export async function actingCase(options: TrackingOptions, request: TrackingRequest) {
  const { found, actor, isOwn: mine } = await ownCase(options, request)
  if (mine && mayAct(found, actor)) return { found, person: actor }
  const { log } = options.ground
  log.warn({ case: found.id, account: actor.account }, 'act for another without a mandate refused')
  return undefined
}

/** Back to the page of the case that the request names, which says what may be done and why. */
export function toCase({ parameters }: Pick<TrackingRequest, 'parameters'>) {
  return { kind: 'redirect', to: `/me/applications/${parameters.case}` } as const
}

/** All about one application. Who was only asked for consent is sent to that question. */
export async function casePage(
  options: TrackingOptions,
  request: TrackingRequest,
): Promise<SitePage | { readonly kind: 'redirect'; readonly to: string }> {
  const { language } = request
  const { ground } = options
  const { person, actor, found, isOwn: mine } = await ownCase(options, request)
  if (!mine) return { kind: 'redirect', to: `/me/applications/asked/${found.id}` }
  const definition = ground.definitions.version(found.service, found.version)
  const [story, views] = await Promise.all([
    ground.cases.storyOf(person, found.id),
    ground.cases.viewsOf(person, found.id),
  ])
  const title = found.title[language]
  const reader = { language, places: options.places }
  const fileAt = (file: string) => `/me/applications/${found.id}/files/${file}`
  const content =
    found.content === null || definition === undefined
      ? [inset(h('p', null, words.erased[language]))]
      : [
          decisionSection(ground, definition, found, reader),
          await refundSection(ground, found, language),
          await documentsSection(options, { person, found, language }),
          supplementsSection({ ...{ definition, found, events: story, days: ground.days }, fileAt }, reader),
          handedInSection(ground, definition, found, reader),
          factsSection(ground, definition, found, language),
        ]
  return {
    kind: 'page',
    title: `${title} ${found.number}`,
    body: h(
      'div',
      { class: 'column' },
      backLink('/me/applications', language, words.list[language]),
      h('h1', null, title),
      overdueNotice(found, language),
      h('p', null, stateWords[found.state].next[language]),
      standing(options, found, language),
      await doingSection(options, request, { definition, found, person, actor, asked: lastAsk(story) }),
      ...content,
      await storySection(ground, { account: person.account, found }, definition, story, language),
      viewsSection(ground, found, views, language),
    ),
  }
}

function overdueNotice({ overdueAt, endedAt }: Case, language: Language): ComponentChild {
  if (overdueAt === undefined || endedAt !== undefined) return null
  return notification({ kind: 'warning', title: words.overdue[language] })
}

function standing({ ground }: TrackingOptions, found: Case, language: Language): ComponentChild {
  const row = (key: keyof typeof words & ('number' | 'agency' | 'received'), value: string) => ({
    key: words[key][language],
    value,
  })
  const state = stateWords[found.state]
  const rows: SummaryRow[] = [
    { key: words.state[language], value: tag(state.name[language], state.kind) },
    row('number', found.number),
    row('agency', ground.memberName(found.agency)?.[language] ?? found.agency),
    row('received', plainTime(found.receivedAt, language)),
  ]
  if (found.effectiveReceivedAt !== found.receivedAt)
    rows.push({ key: words.effective[language], value: plainTime(found.effectiveReceivedAt, language) })
  if (found.endedAt === undefined)
    rows.push({
      key: words.due[language],
      value: found.dueAt === undefined ? words.dueWaits[language] : plainTime(found.dueAt, language),
    })
  if (found.lapseAt !== undefined && found.endedAt === undefined)
    rows.push({
      key: words.lapses[language],
      value: [plainTime(found.lapseAt, language), waitOf(ground, found, language)],
    })
  return h(
    'section',
    null,
    summaryList(rows),
    details({ summary: words.clock[language] }, h('p', null, words.clockText[language])),
  )
}

/** How long they have for what is awaited of them, and by which law. */
function waitOf(
  { definitions, lawName }: TrackingOptions['ground'],
  { service, version, state, plan }: Case,
  language: Language,
): ComponentChild {
  const waits = definitions.version(service, version)?.workflow.waits
  if (waits === undefined) return null
  const wait =
    state === 'awaiting-information'
      ? { days: plan.informationDays, law: waits.information.law }
      : state === 'awaiting-payment'
        ? { days: plan.paymentDays, law: waits.payment.law }
        : undefined
  return wait === undefined ? null : h('p', { class: 'quiet' }, waitText(wait, lawName, language))
}

/** What the person is asked now. */
export function lastAsk(story: readonly CaseEvent[]): CaseEvent | undefined {
  return story.findLast(({ action }) => action === 'ask')
}

export function isProblem(error: unknown, code: string): error is Problem {
  return error instanceof Problem && error.code === code
}
