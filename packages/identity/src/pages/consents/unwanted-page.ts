import { backLink, button, emptyState, form, type SitePage, type SiteRequest } from '@sapan/ui'
import { h } from 'preact'
import type { Consent } from '../../consents/consent.ts'
import { orCode } from '../../consents/plain-words.ts'
import type { Visitor } from '../../visitor.ts'
import type { ConsentPagesOptions } from './routes.ts'
import { consentWords } from './words.ts'

export const unwantedPath = '/me/consents/not-again'

/** What a person doesn't want to be asked again, each with a way back. */
export function unwantedPage(
  { language, formKey }: SiteRequest<Visitor>,
  consents: readonly Consent[],
  { words }: ConsentPagesOptions,
): SitePage {
  const entries = consents
    .filter(({ unwanted }) => unwanted)
    .map(({ id, consumer, purpose, service }) => {
      const name = orCode(words.member(consumer), consumer)[language]
      const about = [orCode(words.purpose(purpose)?.name, purpose), orCode(words.service(service), service)]
      return h(
        'li',
        null,
        h('h2', null, h('a', { href: `/me/consents/${id}` }, name)),
        h('p', null, about.map((text) => text[language]).join(' · ')),
        form(
          { action: `/me/consents/${id}/allow`, formKey },
          button({ text: consentWords.allowAsking[language], kind: 'secondary' }),
        ),
      )
    })
  return {
    kind: 'page',
    title: consentWords.unwanted[language],
    body: h(
      'div',
      null,
      backLink('/me/consents', language, consentWords.title[language]),
      h('h1', null, consentWords.unwanted[language]),
      entries.length === 0
        ? emptyState(consentWords.noUnwanted[language])
        : [
            h('p', { class: 'lead' }, consentWords.unwantedLead[language]),
            h('ul', { class: 'entries' }, entries),
          ],
    ),
  }
}
