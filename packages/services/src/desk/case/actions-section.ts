import type { CaseAction, Colleague } from '@sapan/casework'
import type { Visitor } from '@sapan/identity'
import type { Language, Text } from '@sapan/kernel'
import { button, details, form, type SiteRequest, select, textArea } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { waitText } from '../../application/wait-text.ts'
import type { DeskCasesOptions } from '../options.ts'
import { actionsFor } from './actions-for.ts'
import { wantedFields } from './ask-form.ts'
import type { OpenCase, Unsent } from './case-page.ts'
import { signingSection } from './signing-section.ts'
import { words } from './words.ts'

interface Acting {
  readonly request: SiteRequest<Visitor>
  readonly open: OpenCase
  readonly unsent: Unsent | undefined
}

/** What this officer can do with the case as it stands. */
export async function actionsSection(
  options: DeskCasesOptions,
  request: SiteRequest<Visitor>,
  open: OpenCase,
  unsent: Unsent | undefined,
): Promise<ComponentChild> {
  const { cases, signing } = options
  const { language } = request
  const { case: found, officer } = open
  const can = actionsFor(found, officer)
  if (can.size === 0) return null
  const acting = { request, open, unsent }
  const colleagues = can.has('assign') ? await cases.colleaguesFor(officer, found.id) : []
  const others = colleagues.filter(({ account }) => account !== found.assignee && account !== officer.account)
  return h(
    'section',
    { class: 'column', 'aria-labelledby': 'actions' },
    h('h2', { id: 'actions' }, words.actions[language]),
    can.has('take') ? pressForm(acting, 'take', words.take) : null,
    can.has('review') ? opinionForm(acting, 'review') : null,
    can.has('endorse') ? opinionForm(acting, 'endorse') : null,
    can.has('decide') ? outcomeLinks(acting) : null,
    can.has('sign') ? await signingSection(signing, request, open) : null,
    can.has('ask')
      ? wordsForm(acting, 'ask', words.ask, words.askSend, {
          summary: words.ask,
          hint: askHint(options, open),
          more: wantedFields(options, open, language, unsent),
        })
      : null,
    can.has('send-back') ? wordsForm(acting, 'send-back', words.sendBackWhy, words.sendBack) : null,
    can.has('note') ? wordsForm(acting, 'note', words.note, words.noteAdd, { summary: words.note }) : null,
    can.has('assign') && found.assignee !== undefined && found.assignee !== officer.account
      ? pressForm(acting, 'assign', words.takeOver, officer.account)
      : null,
    can.has('assign') && others.length > 0 ? assignForm(acting, others) : null,
    can.has('release') ? pressForm(acting, 'release', words.release) : null,
    can.has('void') ? wordsForm(acting, 'void', words.voidWhy, words.void) : null,
  )
}

/** With how long the applicant has, as the case keeps it. */
function askHint({ lawName }: DeskCasesOptions, { case: { plan }, definition }: OpenCase): Text {
  const { law } = definition.workflow.waits.information
  const hint = (language: Language) =>
    words.askHint[language].replace(
      '{days}',
      waitText({ days: plan.informationDays, law }, lawName, language),
    )
  return { th: hint('th'), en: hint('en') }
}

function actionForm(
  { request, open }: Acting,
  action: CaseAction,
  ...children: ComponentChild[]
): ComponentChild {
  const { id, caseVersion } = open.case
  return form(
    { action: `/desk/cases/${id}/${action}`, formKey: request.formKey },
    h('input', { type: 'hidden', name: 'version', value: caseVersion }),
    ...children,
  )
}

function pressForm(acting: Acting, action: 'take' | 'release' | 'assign', text: Text, to?: string) {
  const kind = action === 'take' ? 'main' : 'secondary'
  return actionForm(
    acting,
    action,
    to === undefined ? null : h('input', { type: 'hidden', name: 'to', value: to }),
    button({ text: text[acting.request.language], kind }),
  )
}

/** Passing on, with an opinion for those who come after. */
function opinionForm(acting: Acting, action: 'review' | 'endorse'): ComponentChild {
  const { language } = acting.request
  return actionForm(
    acting,
    action,
    field(acting, action, words.opinion),
    button({ text: words[action][language] }),
  )
}

/** Each outcome has a page of its own: reasons and questions differ. */
function outcomeLinks({ request: { language }, open }: Acting): ComponentChild {
  const { case: found, definition } = open
  return [
    h('h3', null, words.decide[language]),
    h('p', null, words.chooseOutcome[language]),
    h(
      'ul',
      { class: 'plain' },
      ...definition.workflow.decisions.map(({ id, name }) =>
        h('li', null, h('a', { href: `/desk/cases/${found.id}/decide/${id}` }, name[language])),
      ),
    ),
  ]
}

interface WordsParts {
  /** What opens the form, where its button does not say enough. */
  readonly summary?: Text
  readonly hint?: Text
  readonly more?: ComponentChild
}

function wordsForm(
  acting: Acting,
  action: CaseAction,
  label: Text,
  press: Text,
  { summary = press, hint, more }: WordsParts = {},
): ComponentChild {
  const { language } = acting.request
  return details(
    { summary: summary[language], isOpen: acting.unsent?.form.has(action) ?? false },
    actionForm(
      acting,
      action,
      field(acting, action, label, hint),
      more,
      button({ text: press[language], kind: action === 'void' ? 'danger' : 'secondary' }),
    ),
  )
}

function assignForm(acting: Acting, others: readonly Colleague[]): ComponentChild {
  const { language } = acting.request
  const choices = others.map(({ account, name }) => ({ value: account, text: name }))
  return details(
    { summary: words.assign[language] },
    actionForm(
      acting,
      'assign',
      select({ name: 'to', label: words.officer[language], choices }),
      button({ text: words.give[language], kind: 'secondary' }),
    ),
  )
}

/** A field for words, named after its action, with what was sent and what is wrong with it. */
function field({ request, unsent }: Acting, name: string, label: Text, hint?: Text): ComponentChild {
  const { language } = request
  return textArea({
    name,
    label: label[language],
    value: unsent?.form.get(name) ?? '',
    longest: 10_000,
    rows: 4,
    ...(hint === undefined ? {} : { hint: hint[language] }),
    error: unsent?.problems.find((problem) => problem.field === name)?.text,
  })
}
