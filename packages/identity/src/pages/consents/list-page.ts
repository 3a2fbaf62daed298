import { emptyState, plainDate, type SitePage, type SiteRequest, tag } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { type Consent, day, endingDays } from '../../consents/consent.ts'
import { orCode } from '../../consents/plain-words.ts'
import type { Visitor } from '../../visitor.ts'
import type { ConsentPagesOptions } from './routes.ts'
import { unwantedPath } from './unwanted-page.ts'
import { consentWords, stateWords } from './words.ts'

/** All consents of a person: what waits for them first, what is over last. `signIns`: what services are told at sign-in. */
export function listPage(
  { language }: SiteRequest<Visitor>,
  consents: readonly Consent[],
  signIns: ComponentChild,
  options: ConsentPagesOptions,
): SitePage {
  const parts = [
    { title: consentWords.asked, of: consents.filter(({ state }) => state === 'asked') },
    { title: consentWords.given, of: consents.filter(({ state }) => state === 'given') },
    { title: consentWords.over, of: consents.filter(({ state }) => state !== 'asked' && state !== 'given') },
  ].filter(({ of }) => of.length > 0)
  const item = (consent: Consent) => entry(consent, language, options)
  return {
    kind: 'page',
    title: consentWords.title[language],
    body: h(
      'div',
      null,
      h('h1', null, consentWords.title[language]),
      h('p', { class: 'lead' }, consentWords.lead[language]),
      parts.length === 0 && signIns === null
        ? emptyState(consentWords.none[language], h('p', null, consentWords.noneNext[language]))
        : parts.map(({ title, of }) =>
            h('section', null, h('h2', null, title[language]), h('ul', { class: 'entries' }, of.map(item))),
          ),
      signIns,
      consents.some(({ unwanted }) => unwanted)
        ? h('p', null, h('a', { href: unwantedPath }, consentWords.unwanted[language]))
        : null,
    ),
  }
}

function entry(
  consent: Consent,
  language: 'th' | 'en',
  { words, clock }: ConsentPagesOptions,
): ComponentChild {
  const { id, consumer, purpose, state, expires, askedUntil, endedAt } = consent
  const name = orCode(words.member(consumer), consumer)[language]
  const about = orCode(words.purpose(purpose)?.name, purpose)[language]
  const when =
    state === 'asked'
      ? [consentWords.answerBy, askedUntil]
      : state === 'given'
        ? [consentWords.until, expires]
        : [consentWords.endedOn, endedAt]
  const [label, at] = when as [{ th: string; en: string }, number | undefined]
  const endsSoon = state === 'given' && (expires ?? 0) - clock() < endingDays * day
  return h(
    'li',
    null,
    h('h3', null, h('a', { href: `/me/consents/${id}` }, name)),
    h('p', null, about),
    h(
      'p',
      null,
      tag(
        stateWords[state][language],
        state === 'asked' ? 'warning' : state === 'given' ? 'success' : 'neutral',
      ),
      ' ',
      endsSoon ? tag(consentWords.endsSoon[language], 'warning') : null,
      ' ',
      at === undefined ? null : `${label[language]} ${plainDate(at, language)}`,
    ),
  )
}
