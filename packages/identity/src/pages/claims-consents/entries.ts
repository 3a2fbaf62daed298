import type { Language } from '@sapan/kernel'
import { plainDate } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { type ClaimsConsentPagesOptions, claimsConsentsPath } from './options.ts'
import { words } from './words.ts'

/** What an account lets services know at sign-in, for the page of all consents; null where there is none. */
export async function claimsEntries(
  { consents, clients }: ClaimsConsentPagesOptions,
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
      given.map(({ id, client, expiresAt }, n) =>
        h(
          'li',
          null,
          h('h3', null, h('a', { href: `${claimsConsentsPath}/${id}` }, names[n]?.[language] ?? client)),
          h('p', null, `${words.until[language]} ${plainDate(expiresAt, language)}`),
        ),
      ),
    ),
  )
}
