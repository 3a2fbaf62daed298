import type { Visitor } from '@sapan/identity'
import { filled, type Language } from '@sapan/kernel'
import {
  backLink,
  button,
  form,
  linkButton,
  plainTime,
  type SitePage,
  type SiteRequest,
  summaryList,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { ServiceDefinition } from '../../definition/definition.ts'
import type { DraftSummary } from '../../draft/draft.ts'
import { feeText } from '../../finding/pages/fee-text.ts'
import type { FormPagesOptions } from './options.ts'
import { formWords as words } from './words.ts'

/** What somebody should know before they begin, and what they have begun already. Nobody need be signed in. */
export function startPage(
  { ground }: FormPagesOptions,
  request: SiteRequest<Visitor>,
  definition: ServiceDefinition,
  drafts: readonly DraftSummary[],
): SitePage {
  const { language } = request
  const at = `/services/${definition.id}`
  const open = drafts.filter(({ removedAt }) => removedAt === undefined)
  const removed = drafts.filter(({ removedAt }) => removedAt !== undefined)
  const { documents, evidence } = definition
  const memberOf = (service: string) =>
    ground.memberName(service.split('/').slice(0, 3).join('/'))?.[language]
  return {
    kind: 'page',
    title: `${words.apply[language]}: ${definition.name[language]}`,
    body: h(
      'div',
      { class: 'column' },
      backLink(at, language, words.toService[language]),
      h('h1', null, definition.name[language]),
      h('p', { class: 'lead' }, definition.summary[language]),
      open.length > 0 ? progress(request, definition, open) : null,
      summaryList(factsOf(definition, language)),
      h('h2', null, words.prepare[language]),
      documents.length === 0
        ? h('p', null, words.prepareNothing[language])
        : h(
            'ul',
            null,
            documents.map((document) => h('li', null, document[language])),
          ),
      evidence.length === 0
        ? null
        : [
            h('h2', null, words.fetched[language]),
            h(
              'ul',
              null,
              evidence.map(({ name, service }) =>
                h('li', null, withMember(name[language], memberOf(service))),
              ),
            ),
            h('p', null, words.fetchedAbout[language]),
          ],
      startButton(request, definition, open.length > 0),
      removed.length > 0 ? removedDrafts(request, definition, removed) : null,
    ),
  }
}

/** Who has to sign in or to prove more first follows a link: they come back to its address, where the form begins. */
function startButton(
  { who, language, formKey }: SiteRequest<Visitor | undefined>,
  { id, level, applicant }: ServiceDefinition,
  hasOpen: boolean,
): ComponentChild {
  const at = `/services/${id}`
  if (who === undefined || isBelow(who.level, level))
    return [
      h('p', { class: 'quiet' }, (who === undefined ? words.signInFirst : words.proveFirst)[language]),
      h('p', null, linkButton({ text: words.start[language], href: `${at}/begin` })),
    ]
  if (who.acting === undefined && !applicant.as.includes('self'))
    return [
      h('p', null, words.actFirst[language]),
      h(
        'p',
        null,
        linkButton({
          text: words.chooseWhom[language],
          href: `/me/mandates/act?next=${encodeURIComponent(`${at}/apply`)}`,
        }),
      ),
    ]
  return form(
    { action: `${at}/apply`, formKey },
    button({
      text: (hasOpen ? words.startAnother : words.start)[language],
      kind: hasOpen ? 'secondary' : 'main',
    }),
  )
}

/** Levels are numbers with dots: `2.3`. */
function isBelow(has: Visitor['level'], needs: ServiceDefinition['level']): boolean {
  const order = new Intl.Collator('en', { numeric: true })
  return order.compare(has.ial, needs.ial) < 0 || order.compare(has.aal, needs.aal) < 0
}

function withMember(name: string, member: string | undefined): string {
  return member === undefined ? name : `${name} (${member})`
}

function factsOf(definition: ServiceDefinition, language: Language) {
  return [
    {
      key: words.decided[language],
      value: filled(words.workingDays[language], { n: definition.workingDays }),
    },
    { key: words.fee[language], value: feeText(definition, language) },
  ]
}

function progress(
  { language, formKey }: SiteRequest<Visitor>,
  { id, name }: ServiceDefinition,
  drafts: readonly DraftSummary[],
): ComponentChild {
  const entry = (draft: DraftSummary) => {
    const href = `/services/${id}/drafts/${draft.id}`
    return h(
      'li',
      null,
      h('h3', null, h('a', { href }, `${words.continueOne[language]}: ${name[language]}`)),
      h('p', null, filled(words.savedAt[language], { t: plainTime(draft.changedAt, language) })),
      form(
        { action: `${href}/remove`, formKey, inline: true },
        button({ text: words.removeDraft[language], kind: 'quiet' }),
      ),
    )
  }
  return h(
    'section',
    null,
    h('h2', null, words.continueTitle[language]),
    h('ul', { class: 'entries' }, drafts.map(entry)),
  )
}

function removedDrafts(
  { language, formKey }: SiteRequest<Visitor>,
  { id, name }: ServiceDefinition,
  drafts: readonly DraftSummary[],
): ComponentChild {
  const entry = (draft: DraftSummary) =>
    h(
      'li',
      null,
      h(
        'p',
        null,
        `${name[language]} · ${filled(words.savedAt[language], { t: plainTime(draft.changedAt, language) })}`,
      ),
      form(
        { action: `/services/${id}/drafts/${draft.id}/restore`, formKey, inline: true },
        button({ text: words.restore[language], kind: 'secondary' }),
      ),
    )
  return h(
    'section',
    null,
    h('h2', null, words.removedTitle[language]),
    h('p', null, words.removedAbout[language]),
    h('ul', { class: 'entries' }, drafts.map(entry)),
  )
}
