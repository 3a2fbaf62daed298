import { filled, type Language, type Text } from '@sapan/kernel'
import { inset, linkButton, summaryList, table } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { waitText } from '../../application/wait-text.ts'
import type { ServiceDefinition } from '../../definition/definition.ts'
import type { Wait } from '../../definition/workflow.ts'
import { askedFields } from '../../eligibility/asked.ts'
import type { Catalogue } from '../catalogue.ts'
import type { Entry } from '../entry.ts'
import type { ServiceStep } from '../next-steps.ts'
import { feeText } from './fee-text.ts'
import { lawList } from './law-list.ts'
import { levelText } from './level-text.ts'
import { waysDown } from './ways-down.ts'
import { words } from './words.ts'

export interface ServicePageOptions {
  readonly catalogue: Catalogue
  readonly memberName: (member: string) => Text | undefined
  readonly lawName: (code: string) => Text | undefined
}

/**
 * The body of `/services/<id>`: all that the manual for citizens has to say of a service (Licensing Facilitation Act B.E. 2558, s.7):
 * conditions, steps, time, documents, fee, channels.
 */
export function servicePage(
  options: ServicePageOptions,
  { definition, name, summary, owner, audience, listed }: Entry,
  language: Language,
  feedback: ComponentChild,
): ComponentChild {
  const rows = [
    { key: words.owner[language], value: owner[language] },
    { key: words.forWhom[language], value: audience.map((one) => words[one][language]).join(' · ') },
    ...(definition ? factRows(definition, language) : []),
  ]
  return h(
    'div',
    { class: 'column' },
    waysDown(language),
    h('h1', null, name[language]),
    h('p', { class: 'lead' }, summary[language]),
    ...(definition ? ways(definition, language) : [inset(words.elsewhereText[language])]),
    summaryList(rows),
    ...(definition ? manual(definition, options, language) : channels(listed?.channels ?? [], language)),
    feedback,
  )
}

function ways(definition: ServiceDefinition, language: Language): ComponentChild[] {
  const { id } = definition
  return [
    h('p', null, linkButton({ text: words.start[language], href: `/services/${id}/apply` })),
    ...(askedFields(definition).length === 0
      ? []
      : [
          h(
            'p',
            null,
            h('a', { href: `/services/${id}/check` }, words.eligibility[language]),
            ' ',
            h('span', { class: 'quiet' }, words.eligibilityHint[language]),
          ),
        ]),
  ]
}

function factRows(definition: ServiceDefinition, language: Language) {
  const { workingDays, outputs } = definition
  const days = filled(words.workingDays[language], { days: workingDays })
  const result = outputs.map(({ name }) => h('li', null, name[language]))
  return [
    { key: words.fee[language], value: feeText(definition, language) },
    { key: words.days[language], value: days },
    { key: words.result[language], value: h('ul', { class: 'plain' }, ...result) },
    { key: words.level[language], value: levelText(definition, language) },
  ]
}

function manual(
  definition: ServiceDefinition,
  { catalogue, memberName, lawName }: ServicePageOptions,
  language: Language,
): ComponentChild[] {
  const { requirements, documents, evidence, workflow } = definition
  const { next, before } = catalogue.around(definition.id)
  const held = evidence.map(({ name, service }) => {
    const holder = service.split('/').slice(0, 3).join('/')
    return h(
      'li',
      null,
      name[language],
      h('span', { class: 'quiet' }, ` (${memberName(holder)?.[language] ?? holder})`),
    )
  })
  return [
    ...section(words.before[language], steps(before, language)),
    ...section(
      words.conditions[language],
      requirements.map(({ name }) => h('li', null, name[language])),
    ),
    h('h2', null, words.bring[language]),
    documents.length === 0
      ? h('p', null, words.bringNothing[language])
      : h('ul', null, ...documents.map((one) => h('li', null, one[language]))),
    ...section(words.fetched[language], held, words.fetchedHint[language]),
    h('h2', null, words.steps[language]),
    stepTable(definition, language),
    ...channels(definition.channels, language),
    ...section(words.waits[language], waits(definition, lawName, language), words.waitsHint[language]),
    ...(workflow.appeal
      ? [
          h('h2', null, words.appeal[language]),
          h('p', null, filled(words.appealText[language], { days: workflow.appeal.days })),
        ]
      : []),
    ...section(words.next[language], steps(next, language)),
    lawList(definition, lawName, language),
    h('p', null, h('a', { href: `/services/${definition.id}/figures` }, words.figures[language])),
  ]
}

/** What the applicant has to do in time, once it was handed in. */
function waits(
  { workflow, fee }: ServiceDefinition,
  lawName: (code: string) => Text | undefined,
  language: Language,
): ComponentChild[] {
  const { information, payment } = workflow.waits
  const isPaid = fee !== undefined || workflow.decisions.some((one) => one.payment !== undefined)
  const asks = workflow.steps.some(({ kind }) => kind !== 'sign')
  const line = (text: Text, wait: Wait) =>
    h('li', null, text[language].replace('{days}', waitText(wait, lawName, language)))
  return [
    ...(asks ? [line(words.waitInformation, information)] : []),
    ...(isPaid ? [line(words.waitPayment, payment)] : []),
  ]
}

function section(title: string, items: readonly ComponentChild[], hint?: string): ComponentChild[] {
  if (items.length === 0) return []
  return [h('h2', null, title), hint === undefined ? null : h('p', null, hint), h('ul', null, ...items)]
}

function steps(found: readonly ServiceStep[], language: Language): ComponentChild[] {
  return found.map(({ entry, output, when }) =>
    h(
      'li',
      null,
      when === undefined ? null : `${when[language]}: `,
      h('a', { href: `/services/${entry.id}` }, entry.name[language]),
      h('span', { class: 'quiet' }, ` (${words.by[language]} ${output[language]})`),
    ),
  )
}

function stepTable({ steps: manualSteps }: ServiceDefinition, language: Language): ComponentChild {
  return table({
    caption: words.steps[language],
    isCaptionHidden: true,
    columns: [
      { title: words.step[language] },
      { title: words.who[language] },
      { title: words.takes[language] },
    ],
    rows: manualSteps.map(({ title, who, takes }, at) => [
      `${at + 1}. ${title[language]}`,
      who[language],
      takes?.[language] ?? '',
    ]),
  })
}

function channels(all: ServiceDefinition['channels'], language: Language): ComponentChild[] {
  return section(
    words.channels[language],
    all.map(({ about }) => h('li', null, about[language])),
  )
}
