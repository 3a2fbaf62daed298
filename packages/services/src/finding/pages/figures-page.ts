import type { Language } from '@sapan/kernel'
import { emptyState, type SitePage, type SiteRequest, table } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { ServiceDefinition } from '../../definition/definition.ts'
import type { StepFigure } from '../figures.ts'
import { waysDown } from './ways-down.ts'
import { words } from './words.ts'

interface StepRow {
  readonly title: string
  readonly passed: number
  readonly said: string
}

/** `/services/<id>/figures`: how many who start hand in, step by step (`figures` of the last 90 days). */
export function figuresPage(
  definition: ServiceDefinition,
  figures: readonly StepFigure[],
  { language }: SiteRequest<unknown>,
): SitePage {
  const title = words.figuresTitle[language].replace('{name}', definition.name[language])
  const rows = rowsOf(definition, figures, language)
  const started = rows[0]?.passed ?? 0
  const body = h(
    'div',
    { class: 'column' },
    waysDown(language, { href: `/services/${definition.id}`, text: definition.name[language] }),
    h('h1', null, title),
    h('p', { class: 'lead' }, words.figuresLead[language]),
    ...(started === 0
      ? [emptyState(words.figuresNone[language], words.figuresNext[language])]
      : shown(rows, started, language)),
  )
  return { kind: 'page', title, body }
}

function rowsOf({ form }: ServiceDefinition, figures: readonly StepFigure[], language: Language): StepRow[] {
  const byStep = new Map(figures.map((figure) => [figure.step, figure]))
  const row = (step: string, title: string): StepRow => {
    const { passed = 0, clear = 0, unclear = 0 } = byStep.get(step) ?? {}
    const answered = clear + unclear
    return { title, passed, said: answered === 0 ? '–' : `${grouped(clear)} / ${grouped(answered)}` }
  }
  return [
    row('start', words.startStep[language]),
    ...form.pages.map(({ id, title }) => row(id, title[language])),
    row('submit', words.submitStep[language]),
  ]
}

function shown(rows: readonly StepRow[], started: number, language: Language): ComponentChild[] {
  const submitted = rows.at(-1)?.passed ?? 0
  const share = (passed: number) => Math.round((100 * passed) / started)
  const sentence = words.completion[language]
    .replace('{started}', grouped(started))
    .replace('{submitted}', grouped(submitted))
    .replace('{percent}', String(share(submitted)))
  return [
    h('p', null, h('strong', null, sentence)),
    bars(rows, started),
    table({
      caption: sentence,
      isCaptionHidden: true,
      columns: [
        { title: words.step[language] },
        { title: words.reached[language], isNumber: true },
        { title: words.share[language], isNumber: true },
        { title: words.helped[language], isNumber: true },
      ],
      rows: rows.map(({ title, passed, said }) => [title, grouped(passed), `${share(passed)}%`, said]),
    }),
  ]
}

function grouped(count: number): string {
  return count.toLocaleString('en-US')
}

/** The table beneath says the same to those who don't see it. */
function bars(rows: readonly StepRow[], started: number): ComponentChild {
  const line = 52
  return h(
    'svg',
    { class: 'bars', viewBox: `0 0 600 ${rows.length * line}`, 'aria-hidden': 'true', focusable: 'false' },
    ...rows.map(({ title, passed }, at) => {
      const width = Math.min(540, (540 * passed) / started)
      return h(
        'g',
        null,
        h('text', { x: 0, y: at * line + 20 }, title),
        h('rect', { x: 0, y: at * line + 28, width, height: 18, class: 'bar' }),
        h('text', { x: width + 6, y: at * line + 43 }, grouped(passed)),
      )
    }),
  )
}
