import type { Language } from '@sapan/kernel'
import {
  button,
  buttonGroup,
  form,
  inset,
  notification,
  plainTime,
  type SiteRequest,
  table,
  tag,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { PlaceNames } from '../../application/address-text.ts'
import type { AnswerReader } from '../../application/answer-text.ts'
import type { DraftContent } from '../../application/application.ts'
import type { ServiceDefinition } from '../../definition/definition.ts'
import { type Difference, ownDifferences, pendingChanges } from '../../prefill/differences.ts'
import { shownFields, shownValues } from '../../prefill/shown.ts'
import type { EvidenceStanding } from '../../prefill/standing.ts'
import { type NameGround, ownerName, sourceLine, valueText } from './fact-words.ts'
import { valueGroups } from './value-groups.ts'
import { factsWords as words } from './words.ts'

/** What the parts of the page stand on. */
export interface FactsShown {
  readonly ground: NameGround
  readonly definition: ServiceDefinition
  readonly content: DraftContent
  readonly language: Language
  readonly places: PlaceNames
  readonly formKey: SiteRequest<unknown>['formKey']
  /** `/services/<id>/drafts/<draft>/facts` */
  readonly base: string
}

/** What came, value by value, with where it comes from. */
export function factValues(shown: FactsShown, { evidence, fact }: EvidenceStanding): ComponentChild {
  const { definition, language, base, ground } = shown
  if (fact === undefined) return null
  const values = shownValues(shownFields(definition, evidence), fact.data)
  const disputes = fact.disputes ?? {}
  const actionOf = (path: string, name: string) => ({
    href: `${base}/wrong/${evidence.id}/${path}`,
    text: words.wrong[language],
    label: `${words.wrong[language]}: ${name}`,
  })
  const seen = (task: string | undefined) => [
    tag(words.disputed[language], 'warning'),
    ' ',
    h('a', { href: `/me/questions/${task}` }, words.seeDispute[language]),
  ]
  return [
    sourceLine(ground, evidence, fact, language),
    values.length === 0
      ? h('p', null, words.nothing[language])
      : valueGroups(values, shown, ({ path, label, as, options, value }, alone) => ({
          key: label[language],
          value: valueText(as, value, shown, options),
          ...(Object.hasOwn(disputes, path)
            ? { source: seen(disputes[path]) }
            : { action: actionOf(path, alone) }),
        })),
  ]
}

/** What is not as the person agreed to. */
export function changes(shown: FactsShown, { evidence, fact }: EvidenceStanding): ComponentChild {
  const { language } = shown
  const differences = fact === undefined ? [] : pendingChanges(evidence, fact)
  if (differences.length === 0) return null
  return notification({
    kind: 'warning',
    title: words.changed[language],
    body: [
      h('p', null, words.changedNext[language]),
      table({
        caption: words.changed[language],
        isCaptionHidden: true,
        columns: [words.what, words.beforeColumn, words.nowColumn].map((text) => ({ title: text[language] })),
        rows: differences.map((one) => [
          one.label[language],
          sideText(one, 'before', shown),
          sideText(one, 'now', shown),
        ]),
      }),
    ],
  })
}

function sideText(
  { as = 'text', options = [], ...sides }: Difference,
  side: 'before' | 'now',
  reader: AnswerReader,
): string {
  return valueText(as, sides[side], reader, options)
}

/** What is used, and what was typed instead: with the way to change one's mind. */
export function settled(shown: FactsShown, one: EvidenceStanding): ComponentChild {
  const { language, ground } = shown
  const { evidence, state, fact } = one
  const name = evidence.name[language]
  const told: Partial<Record<typeof state, ComponentChild>> = {
    used: [tag(words.used[language], 'success'), factValues(shown, one)],
    none: [fact && sourceLine(ground, evidence, fact, language), h('p', null, words.nothing[language])],
    declined: h('p', null, words.declined[language]),
    'not-used': h('p', null, words.notUsed[language]),
    waits: h('p', null, words.waits[language]),
  }
  const ask = (text: string) =>
    oneButton(shown, { evidence: evidence.id, to: 'ask', word: 'yes', text, name })
  return h(
    'section',
    { id: evidence.id },
    h('h3', null, name),
    told[state],
    buttonGroup(
      state === 'used' || state === 'none' ? ask(words.again[language]) : null,
      state === 'used'
        ? oneButton(shown, { evidence: evidence.id, to: 'use', word: 'no', text: words.stop[language], name })
        : null,
      state === 'declined' || state === 'not-used' ? ask(words.askAfterAll[language]) : null,
    ),
  )
}

interface OneButton {
  readonly evidence: string
  readonly to: 'ask' | 'use'
  readonly word: 'yes' | 'no'
  readonly text: string
  readonly name: string
  /** Whether its text says the name, which others hear only: where it stands among others. */
  readonly isNamed?: boolean
}

function oneButton(
  { base, formKey }: FactsShown,
  { evidence, to, word, text, name, isNamed = false }: OneButton,
): ComponentChild {
  const label = `${text}: ${name}`
  return form(
    { action: `${base}/${to}`, formKey, inline: true },
    button({
      ...{ text: isNamed ? label : text, label, kind: 'secondary' },
      ...{ name: `${to}.${evidence}`, value: word },
    }),
  )
}

/** Registers that did not give their answers: it keeps nobody from going on. What failed alike at one owner is said once. */
export function unavailable(shown: FactsShown, some: readonly EvidenceStanding[]): ComponentChild {
  const { language, ground } = shown
  const problemOf = ({ fact }: EvidenceStanding) => fact?.problem ?? 'failed'
  const ownerOf = ({ evidence }: EvidenceStanding) => ownerName(ground, evidence.service, language)
  const alike = Map.groupBy(some, (one) => `${problemOf(one)} ${ownerOf(one)}`)
  return [...alike.values()].map((group) => {
    const [first] = group
    if (first === undefined) return null
    const isUnasked = problemOf(first) === 'unasked'
    const title = isUnasked ? words.unaskedTitle : words.downTitle
    const names = group.map(({ evidence }) => evidence.name[language]).join(', ')
    return notification({
      kind: 'warning',
      title: `${title[language]}: ${ownerOf(first)}`,
      body: [
        h('p', null, `${names}: ${words[problemOf(first)][language]}`),
        h('p', null, (isUnasked ? words.unaskedNext : words.downNext)[language]),
        buttonGroup(
          ...group.map(({ evidence: { id, name } }) =>
            oneButton(shown, {
              ...{ evidence: id, to: 'ask', word: 'yes', text: words.again[language], name: name[language] },
              isNamed: group.length > 1,
            }),
          ),
        ),
      ],
    })
  })
}

/** A register that was asked again and did not answer: what it said before stays. */
export function staysAsItWas({ language, ground }: FactsShown, { evidence, fact }: EvidenceStanding) {
  const said = fact === undefined ? '' : ` ${plainTime(fact.askedAt, language)}`
  return notification({
    kind: 'warning',
    title: `${words.downTitle[language]}: ${ownerName(ground, evidence.service, language)}`,
    body: [
      h('p', null, `${evidence.name[language]}: ${words.staysFrom[language]}${said}`),
      h('p', null, words.staysNext[language]),
    ],
    isNew: true,
  })
}

/** Where the person wrote something else than a register says. */
export function differing(shown: FactsShown): ComponentChild {
  const { definition, content, language, base, formKey } = shown
  const differences = ownDifferences(definition, content)
  if (differences.length === 0) return null
  const columns = [words.what, words.yours, words.theirs, words.action]
  return h(
    'section',
    null,
    h('h2', null, words.differTitle[language]),
    h('p', null, words.differNext[language]),
    table({
      caption: words.differTitle[language],
      isCaptionHidden: true,
      columns: columns.map((text) => ({ title: text[language] })),
      rows: differences.map((one) => [
        one.label[language],
        sideText(one, 'before', shown),
        sideText(one, 'now', shown),
        form(
          { action: `${base}/take`, formKey, inline: true },
          button({
            text: words.take[language],
            kind: 'secondary',
            name: 'field',
            value: one.field ?? '',
            label: `${words.take[language]}: ${one.label[language]}`,
          }),
        ),
      ]),
    }),
  )
}

/** What two registers say of the same, both. */
export function contradicting(shown: FactsShown): ComponentChild {
  const { definition, content, language, ground } = shown
  const from = (id: string) => {
    const evidence = definition.evidence.find((one) => one.id === id)
    return evidence === undefined ? id : ownerName(ground, evidence.service, language)
  }
  const rows = definition.form.pages.flatMap(({ fields }) =>
    fields.flatMap(({ id, label, type }) => {
      const { others = [], evidence, was } = content.marks[id] ?? {}
      if (others.length === 0 || evidence === undefined || was === undefined) return []
      const said = [{ evidence, value: was }, ...others]
      const lines = said.map((one) =>
        h('li', null, `${from(one.evidence)}: ${valueText(type, one.value, shown)}`),
      )
      return [h('li', null, label[language], h('ul', null, lines))]
    }),
  )
  if (rows.length === 0) return null
  return notification({
    kind: 'warning',
    title: words.contraTitle[language],
    body: [h('ul', null, rows), inset(h('p', null, words.contraNext[language]))],
  })
}
