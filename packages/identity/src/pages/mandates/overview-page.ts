import type { Language } from '@sapan/kernel'
import {
  button,
  details,
  emptyState,
  form,
  linkButton,
  notification,
  plainTime,
  type SiteAnswer,
  summaryList,
  tag,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { wordsFor } from '../../mandates/joint/joint-act.ts'
import type { Mandate } from '../../mandates/mandate.ts'
import type { GivenMandate, Overview } from '../../mandates/overview.ts'
import {
  aloneUses,
  limitRows,
  type MandatePagesOptions,
  type MandateRequest,
  page,
  personName,
  scopeList,
} from './parts.ts'
import { groupWords, sourceWords, stateWords, words } from './words.ts'

/** `/me/mandates`: what waits, what one holds, has given and asked for. */
export async function overviewPage(
  options: MandatePagesOptions,
  request: MandateRequest,
): Promise<SiteAnswer> {
  const { language, who } = request
  const overview = await options.mandates.overview(who)
  return page(
    words.title[language],
    h('h1', null, words.title[language]),
    h('p', { class: 'lead' }, words.lead[language]),
    silentNotice(overview, language),
    waitingSection(overview, language),
    heldSection(options, overview, request),
    jointSection(options, overview, language),
    givenSection(options, overview, language),
    sentSection(overview, request),
  )
}

function silentNotice({ silent }: Overview, language: Language): ComponentChild {
  return silent.map((name) =>
    notification({
      kind: 'warning',
      title: words.silent[language],
      body: h('p', null, `${name[language]} ${words.silentBody[language]}`),
    }),
  )
}

function waitingSection({ waiting, help }: Overview, language: Language): ComponentChild {
  const entries = [
    ...help.map(({ id, helperName }) => ({ href: `/me/mandates/help/${id}`, name: helperName })),
    ...waiting.map(({ id, fromName }) => ({ href: `/me/mandates/answer/${id}`, name: fromName })),
  ]
  if (entries.length === 0) return null
  return h(
    'section',
    null,
    h('h2', null, words.waiting[language]),
    h(
      'ul',
      null,
      entries.map(({ href, name }) =>
        h('li', null, personName(name, language), ' – ', h('a', { href }, words.view[language])),
      ),
    ),
  )
}

/** In the order of the page: what registers say first. */
const groups = ['company', 'child', 'person', 'helper'] as const

/** Each mandate is folded: who has many finds the one by its name. */
function heldSection(
  options: MandatePagesOptions,
  { held }: Overview,
  { language }: MandateRequest,
): ComponentChild {
  const parts = groups
    .map((group) => ({ group, of: held.filter(({ source }) => source === group) }))
    .filter(({ of }) => of.length > 0)
  return h(
    'section',
    null,
    h('h2', null, words.held[language]),
    held.length === 0
      ? emptyState(words.heldNone[language], h('p', null, words.heldNext[language]))
      : linkButton({ text: words.choose[language], href: '/me/mandates/act' }),
    parts.map(({ group, of }) => [
      h('h3', null, `${groupWords[group][language]} (${of.length})`),
      of.map((mandate) => heldMandate(options, mandate, language)),
    ]),
    h(
      'div',
      { class: 'button-group' },
      linkButton({ text: words.ask[language], href: '/me/mandates/ask', kind: 'secondary' }),
      linkButton({ text: words.code[language], href: '/me/mandates/code', kind: 'quiet' }),
      linkButton({ text: words.child[language], href: '/me/mandates/child', kind: 'quiet' }),
    ),
  )
}

function heldMandate(options: MandatePagesOptions, mandate: Mandate, language: Language): ComponentChild {
  const { name, source, scopes, others, condition, content, suspended, giver } = mandate
  const isOver = giver !== undefined
  const holders = others.map((one) => h('li', null, personName(one, language)))
  return details(
    {
      summary: [
        personName(name, language),
        suspended ? [' ', tag(words.suspended[language], 'warning')] : null,
      ],
    },
    summaryList([
      { key: words.covers[language], value: scopeList(options.country, scopes, language) },
      ...limitRows({ ...mandate, limits: content.limits }, options, language),
      ...(condition === undefined ? [] : [{ key: words.condition[language], value: condition[language] }]),
      ...(others.length === 0 ? [] : [{ key: words.others[language], value: h('ul', null, holders) }]),
      {
        key: words.source[language],
        value: sourceWords[source][language],
        ...(isOver ? {} : { source: words.sayWrong[language] }),
      },
    ]),
    isOver ? endLink(mandate.id, language) : null,
  )
}

function endLink(id: string, language: Language): ComponentChild {
  return h('p', null, h('a', { href: `/me/mandates/end/${id}` }, words.end[language]))
}

function jointSection(
  { declarations }: MandatePagesOptions,
  { joint, held }: Overview,
  language: Language,
): ComponentChild {
  const canDeclare = declarations !== undefined && held.some(({ source }) => source === 'company')
  if (joint.length === 0 && !canDeclare) return null
  return h(
    'section',
    null,
    h('h2', null, words.joint[language]),
    h(
      'ul',
      null,
      joint.map(({ id, name, words: said, state }) =>
        h(
          'li',
          null,
          h(
            'a',
            { href: `/me/mandates/joint/${id}` },
            personName(name, language),
            ': ',
            h('bdi', null, wordsFor(said, language)),
          ),
          ' ',
          tag(stateWords[state][language], state === 'open' ? 'info' : 'neutral'),
        ),
      ),
    ),
    canDeclare
      ? linkButton({ text: words.declare[language], href: '/me/mandates/joint/new', kind: 'secondary' })
      : null,
  )
}

function givenSection(options: MandatePagesOptions, { given }: Overview, language: Language): ComponentChild {
  const one = (mandate: GivenMandate) =>
    details(
      { summary: personName(mandate.holderName, language) },
      summaryList([
        {
          key: words.covers[language],
          value: scopeList(options.country, aloneUses(mandate.content.scopes), language),
        },
        ...limitRows({ ...mandate, limits: mandate.content.limits }, options, language),
        { key: words.source[language], value: sourceWords[mandate.source][language] },
      ]),
      endLink(mandate.id, language),
    )
  return h(
    'section',
    null,
    h('h2', null, words.given[language]),
    given.length === 0
      ? emptyState(words.givenNone[language], h('p', null, words.givenNext[language]))
      : given.map(one),
    linkButton({ text: words.give[language], href: '/me/mandates/give', kind: 'secondary' }),
  )
}

function sentSection({ sent }: Overview, { language, formKey }: MandateRequest): ComponentChild {
  if (sent.length === 0) return null
  return h(
    'section',
    null,
    h('h2', null, words.sent[language]),
    h(
      'ul',
      null,
      sent.map(({ id, direction, state, createdAt }) =>
        h(
          'li',
          null,
          `${words[direction][language]}, ${plainTime(createdAt, language)} `,
          tag(stateWords[state][language], state === 'open' ? 'info' : 'neutral'),
          state === 'open'
            ? form(
                { action: `/me/mandates/take-back/${id}`, formKey, inline: true },
                button({ text: words.takeBack[language], kind: 'quiet' }),
              )
            : null,
        ),
      ),
    ),
  )
}
