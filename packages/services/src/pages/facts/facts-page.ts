import type { Text } from '@sapan/kernel'
import {
  backLink,
  button,
  emptyState,
  errorSummary,
  form,
  linkButton,
  notification,
  radios,
  type SitePage,
  summaryList,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { shownFields } from '../../prefill/shown.ts'
import type { EvidenceStanding } from '../../prefill/standing.ts'
import { lawText, ownerName } from './fact-words.ts'
import {
  changes,
  contradicting,
  differing,
  type FactsShown,
  factValues,
  settled,
  staysAsItWas,
  unavailable,
} from './sections.ts'
import { factsWords as words } from './words.ts'

/** What was left open in what was sent. */
export interface FactsErrors {
  /** Ids of evidence that were not answered. */
  readonly missing: readonly string[]
  readonly to: 'ask' | 'use'
  /** What was chosen of the others. */
  readonly chosen: Readonly<Record<string, string>>
}

export interface FactsView extends FactsShown {
  readonly standings: readonly EvidenceStanding[]
  readonly errors?: FactsErrors | undefined
  /** Where the form goes on. */
  readonly onward: string
  /** A dispute was just sent. */
  readonly isReported?: boolean
  /** Ids of evidence that was just asked for again, and did not come. */
  readonly silent?: readonly string[]
}

/** What registers would be asked, what they said, and what of it is used. */
export function factsPage(view: FactsView): SitePage {
  const { language, standings, base, errors, isReported } = view
  const of = (...states: EvidenceStanding['state'][]) =>
    standings.filter(({ state }) => states.includes(state))
  const isOpen = of('to-ask', 'undecided').length > 0
  const problem = words[errors?.to === 'use' ? 'chooseUse' : 'chooseAsk'][language]
  const problems = (errors?.missing ?? []).map((id) => ({
    field: `${errors?.to}.${id}`,
    text: `${nameOf(view, id)}: ${problem}`,
  }))
  const home = base.slice(0, -'/facts'.length)
  return {
    kind: 'page',
    title: words.title[language],
    ...(problems.length > 0 ? { status: 422 } : {}),
    body: h(
      'div',
      { class: 'column' },
      backLink(home, language, words.back[language]),
      errorSummary(problems, language),
      isReported === true ? reported(view) : null,
      h('h1', null, words.title[language]),
      standings.length === 0
        ? emptyState(words.none[language])
        : h('p', { class: 'lead' }, words.lead[language]),
      unavailable(view, of('unavailable')),
      of('used', 'none', 'undecided')
        .filter(({ evidence }) => view.silent?.includes(evidence.id))
        .map((one) => staysAsItWas(view, one)),
      contradicting(view),
      toUse(view, of('undecided')),
      toAsk(view, of('to-ask')),
      differing(view),
      group(view, words.usedTitle, of('used', 'none')),
      group(view, words.typedTitle, of('declined', 'not-used')),
      group(view, words.waitsTitle, of('waits')),
      isOpen ? null : linkButton({ text: words.goOn[language], href: view.onward }),
    ),
  }
}

function nameOf({ definition, language }: FactsView, id: string): string {
  return definition.evidence.find((one) => one.id === id)?.name[language] ?? id
}

function reported({ language }: FactsView): ComponentChild {
  return notification({
    kind: 'success',
    title: words.reported[language],
    body: h('p', null, words.reportedNext[language]),
    isNew: true,
  })
}

function group(view: FactsView, title: Text, some: readonly EvidenceStanding[]): ComponentChild {
  if (some.length === 0) return null
  return h(
    'section',
    null,
    h('h2', null, title[view.language]),
    some.map((one) => settled(view, one)),
  )
}

/** What came, each with the question whether it is used. Nothing is chosen beforehand. */
function toUse(view: FactsView, some: readonly EvidenceStanding[]): ComponentChild {
  if (some.length === 0) return null
  const { language, base, formKey } = view
  return form(
    { action: `${base}/use`, formKey },
    h('h2', null, words.seeTitle[language]),
    some.map((one) =>
      h(
        'section',
        { id: one.evidence.id },
        h('h3', null, one.evidence.name[language]),
        changes(view, one),
        factValues(view, one),
        choice(view, 'use', one, [
          { value: 'yes', text: words.useYes[language] },
          { value: 'no', text: words.useNo[language], hint: noHint(one)[language] },
        ]),
      ),
    ),
    button({ text: words.useButton[language] }),
  )
}

/** What would be asked of whom, for what and under which law, each with the question whether it may be. */
function toAsk(view: FactsView, some: readonly EvidenceStanding[]): ComponentChild {
  if (some.length === 0) return null
  const { language, base, formKey } = view
  return form(
    { action: `${base}/ask`, formKey },
    h('h2', null, words.askTitle[language]),
    some.map((one) =>
      h(
        'section',
        { id: one.evidence.id },
        h('h3', null, one.evidence.name[language]),
        aboutAsking(view, one),
        choice(view, 'ask', one, [
          { value: 'yes', text: words.askYes[language], hint: words.askYesHint[language] },
          { value: 'no', text: words.askNo[language] },
        ]),
      ),
    ),
    h('p', { class: 'quiet' }, words.logged[language]),
    button({ text: words.askButton[language] }),
  )
}

function aboutAsking(
  { ground, definition, language }: FactsView,
  { evidence }: EvidenceStanding,
): ComponentChild {
  const { purpose, service } = evidence
  const labels = shownFields(definition, evidence).map(({ label }) => label[language])
  const rows: [Text, string][] = [
    [words.from, ownerName(ground, service, language)],
    [words.fields, [...new Set(labels)].join(', ')],
    [words.purpose, ground.purposeName(purpose)?.[language] ?? purpose],
    [words.law, lawText(ground, definition, evidence, language)],
  ]
  return summaryList(rows.map(([key, value]) => ({ key: key[language], value })))
}

function choice(
  { errors, language }: FactsView,
  to: 'ask' | 'use',
  { evidence }: EvidenceStanding,
  choices: Parameters<typeof radios>[0]['choices'],
): ComponentChild {
  const isMissing = errors?.to === to && errors.missing.includes(evidence.id)
  const question = to === 'ask' ? words.askQuestion : words.useQuestion
  return radios({
    name: `${to}.${evidence.id}`,
    label: question[language],
    choices,
    value: errors?.to === to ? errors.chosen[evidence.id] : undefined,
    error: isMissing ? words[to === 'ask' ? 'chooseAsk' : 'chooseUse'][language] : undefined,
  })
}

/** A no to what changed ends the use of what was agreed to before, too. */
function noHint({ fact }: EvidenceStanding): Text {
  return fact?.before === undefined ? words.useNoHint : words.useNoChangedHint
}
