import type { Language } from '@sapan/kernel'
import { plainDate } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { ClaimsConsent } from '../../provider/consents.ts'
import { type Asked, askedClaims } from '../../provider/pages/asked.ts'
import { actsList } from '../../provider/pages/claim-choices.ts'
import { type ClaimsConsentPagesOptions, claimsConsentsPath } from './options.ts'
import { words } from './words.ts'

/** What an account lets services know at sign-in, for the page of all consents; null where there is none. */
export async function claimsEntries(
  { consents, clients, scopes }: ClaimsConsentPagesOptions,
  account: string,
  language: Language,
): Promise<ComponentChild> {
  const given = await consents.of(account)
  if (given.length === 0) return null
  const names = await Promise.all(given.map(async ({ client }) => (await clients.find(client))?.names))
  return h(
    'section',
    null,
    h('h2', null, words.heading[language]),
    h(
      'ul',
      { class: 'entries' },
      given.map((consent, n) =>
        entry(consent, names[n]?.[language] ?? consent.client, askedClaims(scopes, consent), language),
      ),
    ),
  )
}

function entry(
  { id, expiresAt }: ClaimsConsent,
  name: string,
  { acts }: Asked,
  language: Language,
): ComponentChild {
  return h(
    'li',
    null,
    h('h3', null, h('a', { href: `${claimsConsentsPath}/${id}` }, name)),
    acts.length > 0 ? [h('p', null, words.acts[language]), actsList(acts, language)] : null,
    h('p', null, `${words.until[language]} ${plainDate(expiresAt, language)}`),
  )
}
