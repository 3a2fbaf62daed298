import type { Case, CaseEvent, Officer } from '@sapan/casework'
import type { Visitor } from '@sapan/identity'
import { type Language, Problem, type Text } from '@sapan/kernel'
import {
  backLink,
  errorSummary,
  type FieldProblem,
  inset,
  notification,
  personName,
  plainTime,
  type SitePage,
  type SiteRequest,
  summaryList,
} from '@sapan/ui'
import { type ComponentChild, type ComponentChildren, h } from 'preact'
import type { Application } from '../../application/application.ts'
import { applicationNow } from '../../application/of-case.ts'
import type { ServiceDefinition } from '../../definition/definition.ts'
import { supplementsSection } from '../../pages/supplements-section.ts'
import type { AskedAgain } from '../../prefill/again.ts'
import { clockMark, stateMark } from '../marks.ts'
import type { DeskCasesOptions } from '../options.ts'
import { deskCaseProblems } from '../problems.ts'
import { actionsSection } from './actions-section.ts'
import { decisionSection } from './decision-section.ts'
import { differencesSection } from './differences-section.ts'
import { handedInSection } from './handed-in-section.ts'
import { historySection } from './history-section.ts'
import { toldSection } from './told-section.ts'
import { waitingSection } from './waiting-section.ts'
import { words } from './words.ts'

/** What was sent and could not be done: it is shown again, so that nobody types it twice. */
export interface Unsent {
  readonly status: number
  readonly form: URLSearchParams
  readonly problems: readonly FieldProblem[]
  readonly notice?: { readonly title: string; readonly text: string }
}

/** A case as an officer has it before them. */
export interface OpenCase {
  readonly case: Case
  readonly definition: ServiceDefinition
  /** As it counts now, with what was replied since it was handed in. Undefined where it was erased. */
  readonly application: Application | undefined
  readonly events: readonly CaseEvent[]
  readonly officer: Officer
}

/** Opens a case for an officer, which is recorded. Throws `case-not-found`, `case-definition-missing`. */
export async function openCase(
  { cases, definitions, officerOf, days }: DeskCasesOptions,
  { who, parameters }: SiteRequest<Visitor>,
): Promise<OpenCase> {
  const officer = officerOf(who)
  const id = parameters.case ?? ''
  const found = await cases.read(officer, id)
  const definition = definitions.version(found.service, found.version)
  if (definition === undefined) throw new Problem(deskCaseProblems['case-definition-missing'])
  const application = found.content === null ? undefined : applicationNow(definition, found, days)
  return { case: found, definition, application, events: await cases.history(officer, id), officer }
}

export interface CasePageExtra {
  readonly unsent?: Unsent
  readonly askedAgain?: AskedAgain
}

/** `/desk/cases/:case`: the case, what can be done with it, and what happened. */
export async function casePage(
  options: DeskCasesOptions,
  request: SiteRequest<Visitor>,
  extra: CasePageExtra = {},
): Promise<SitePage> {
  const open = await openCase(options, request)
  const { language } = request
  const { unsent, askedAgain } = extra
  const { number, title } = open.case
  return {
    kind: 'page',
    title: `${number} ${title[language]}`,
    ...(unsent === undefined ? {} : { status: unsent.status }),
    body: [
      backLink('/desk/cases', language, words.back[language]),
      errorSummary(unsent?.problems ?? [], language),
      noticeOf(unsent) ?? saved(request),
      h('h1', null, title[language], ' ', h('span', { class: 'quiet number' }, number)),
      await facts(options, open, language),
      toldSection(open, language),
      open.case.state === 'carrying-out'
        ? waitingSection(await options.waitingFor(open.case.id), options.memberName, language)
        : null,
      decisionSection(open, options, language),
      await actionsSection(options, request, open, unsent),
      askedAgain === undefined
        ? null
        : differencesSection(askedAgain, open.definition, { language, places: options.places }),
      supplementsSection(
        {
          ...open,
          found: open.case,
          days: options.days,
          fileAt: (file) => `/desk/cases/${open.case.id}/files/${file}`,
        },
        { language, places: options.places },
      ),
      open.application === undefined
        ? inset(words.erased[language])
        : handedInSection(options, request, open, open.application),
      await historySection(options, open, language),
      h('p', { class: 'quiet' }, words.looked[language]),
    ],
  }
}

/** Why what was sent could not be done, where it is no field's fault. */
export function noticeOf(unsent: Unsent | undefined): ComponentChild {
  if (unsent?.notice === undefined) return null
  const { title, text } = unsent.notice
  return notification({ kind: 'warning', title, body: h('p', null, text), isNew: true })
}

function saved({ query, language }: SiteRequest<Visitor>): ComponentChild {
  if (!query.has('done')) return null
  return notification({ kind: 'success', title: words.saved[language], isNew: true })
}

async function facts(
  { days, clock, dutyName, nameOf }: DeskCasesOptions,
  { case: found, application, definition }: OpenCase,
  language: Language,
): Promise<ComponentChild> {
  const row = (key: Text, value: ComponentChildren) => ({ key: key[language], value })
  const { assignee, duty } = found
  const name = assignee === undefined ? undefined : await nameOf(assignee, language)
  return summaryList([
    row(words.state, stateMark(found, language)),
    row(words.clock, clockMark(found, days, clock(), language)),
    row(words.received, plainTime(found.receivedAt, language)),
    ...(found.effectiveReceivedAt === found.receivedAt
      ? []
      : [row(words.effective, plainTime(found.effectiveReceivedAt, language))]),
    row(words.service, `${definition.name[language]}, ${words.version[language]} ${found.version}`),
    ...(application === undefined
      ? []
      : [
          row(words.applicantIs, [
            personName(application.applicant.name[language] || application.applicant.name.th, language),
            application.applicant.mandate === undefined
              ? null
              : h('p', { class: 'quiet' }, words.acting[language]),
          ]),
        ]),
    ...(duty === undefined ? [] : [row(words.duty, dutyName(duty)[language])]),
    row(
      words.assignee,
      assignee === undefined
        ? unhandled(found)[language]
        : personName(name ?? words.officer[language], language),
    ),
  ])
}

/** Who has a case that no officer has: nobody yet, the system while it carries it out, nobody any more. */
function unhandled({ state, endedAt }: Pick<Case, 'state' | 'endedAt'>): Text {
  if (endedAt !== undefined) return { th: '–', en: '–' }
  return state === 'carrying-out' ? words.system : words.nobody
}
