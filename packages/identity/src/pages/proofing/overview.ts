import type { Language } from '@sapan/kernel'
import { details, emptyState, plainTime, type SitePage, table, tag, tile, tiles } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { LevelTerm } from '../../levels/level.ts'
import type { MethodTerm } from '../../proofing/country.ts'
import type { Evidence } from '../../proofing/evidence.ts'
import type { ProofingPagesOptions } from './options.ts'
import { words } from './words.ts'

export const methodPaths: Readonly<Record<MethodTerm['code'], string>> = {
  'self-asserted': '/me/proofing/name',
  'population-register': '/me/proofing/card/number',
  passport: '/me/proofing/passport',
  'outside-provider': '/me/proofing/outside',
  'in-person': '/me/proofing/counter',
}

interface Shown {
  readonly language: Language
  readonly ial: string
  readonly evidence: readonly Evidence[]
}

/** What level the person has, what levels there are, how to raise theirs, and what was proved. */
export function overviewPage(options: ProofingPagesOptions, shown: Shown): SitePage {
  const { language, ial } = shown
  const has = options.ground.levels.term('ial', ial)
  return {
    kind: 'page',
    title: words.title[language],
    body: h(
      'div',
      null,
      h('h1', null, words.title[language]),
      h(
        'p',
        { class: 'lead' },
        `${words.yourLevel[language]}: `,
        h('strong', null, `${ial} ${has?.name[language] ?? ''}`),
      ),
      has === undefined ? null : h('p', null, has.about[language]),
      waysToRaise(options, shown),
      levelTable(options, shown),
      past(options, shown),
      details({ summary: words.standard[language] }, h('p', null, words.standardText[language])),
    ),
  }
}

function waysToRaise({ ground, outside }: ProofingPagesOptions, { language, ial }: Shown): ComponentChild {
  const { methods } = ground.country.proofing
  const raising = methods.filter(
    (method) =>
      !ground.levels.meets({ ial, aal: '' }, { ial: method.ial }) &&
      (method.code !== 'outside-provider' || outside !== undefined),
  )
  // The lowest level can be reached again by saying one's name anew.
  const named = methods.filter(({ code }) => code === 'self-asserted' && ial === ground.levels.lowest.ial)
  const offered = [...named, ...raising]
  if (offered.length === 0) return h('p', null, words.highest[language])
  return h(
    'section',
    { 'aria-labelledby': 'raise' },
    h('h2', { id: 'raise' }, words.raise[language]),
    tiles(...offered.map((method) => way(method, language))),
  )
}

function way({ code, name, about, needs, ial }: MethodTerm, language: Language): ComponentChild {
  return tile({
    title: name[language],
    href: methodPaths[code],
    body: `${about[language]} ${words.needs[language]}: ${needs[language]}`,
    state: tag(`${words.gives[language]} ${ial}`, 'info'),
  })
}

function levelTable({ ground }: ProofingPagesOptions, { language, ial }: Shown): ComponentChild {
  const row = ({ code, name, about }: LevelTerm) => [
    `${code} ${name[language]}`,
    about[language],
    ground.levels.meets({ ial, aal: '' }, { ial: code })
      ? tag(words.reached[language], 'success')
      : tag(words.notYet[language]),
  ]
  const columns = [words.level, words.meaning, words.yours].map((text) => ({ title: text[language] }))
  return h(
    'section',
    { 'aria-labelledby': 'levels' },
    h('h2', { id: 'levels' }, words.levels[language]),
    h('p', null, words.higherOpens[language]),
    table({
      caption: words.levels[language],
      isCaptionHidden: true,
      columns,
      rows: ground.levels.terms('ial').map(row),
    }),
  )
}

function past({ ground }: ProofingPagesOptions, { language, evidence }: Shown): ComponentChild {
  const name = (code: string) =>
    ground.country.proofing.methods.find((method) => method.code === code)?.name[language] ?? code
  const rows = evidence.map((one) => [
    plainTime(one.at, language),
    name(one.method),
    `${one.levelBefore} → ${one.levelAfter}`,
    one.exchanges.length === 0 ? (one.officer?.agency ?? '–') : one.exchanges.join(', '),
  ])
  const titles = [words.when, words.how, words.level, words.exchangeNumber]
  return h(
    'section',
    { 'aria-labelledby': 'past' },
    h('h2', { id: 'past' }, words.past[language]),
    rows.length === 0
      ? emptyState(words.pastEmpty[language])
      : table({
          caption: words.past[language],
          isCaptionHidden: true,
          columns: titles.map((text) => ({ title: text[language] })),
          rows,
        }),
  )
}
