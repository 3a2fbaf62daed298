import { filled, type Text } from '@sapan/kernel'
import {
  button,
  buttonGroup,
  form,
  inset,
  linkButton,
  notification,
  plainTime,
  type SitePage,
  table,
  tag,
  timeline,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { type Authenticator, kindNames, shownWay } from '../../authenticators/authenticator.ts'
import type { HistoryEvent } from '../../history/history.ts'
import type { SecurityOptions, SecurityRequest } from './options.ts'
import { words } from './words.ts'

/** What a person signs in with, where they are signed in, what happened, and the button for when it was not them. */
export async function overviewPage(options: SecurityOptions, request: SecurityRequest): Promise<SitePage> {
  const { who, language } = request
  const [authenticators, sessions, events, recovery] = await Promise.all([
    options.authenticators.list(who.account),
    options.sessions.of(who.account),
    options.history.list(who.account, { limit: 5 }),
    options.recovery.waiting(who.account),
  ])
  return {
    kind: 'page',
    title: words.title[language],
    body: h(
      'div',
      null,
      h('h1', null, words.title[language]),
      recovery === undefined ? null : recoveryNotice(request, recovery),
      ways(request, authenticators),
      sessionsPart(request, sessions),
      h('section', null, h('h2', null, words.history[language]), eventList(request, events)),
      h('p', null, h('a', { href: '/me/security/history' }, words.allHistory[language])),
      h(
        'section',
        { class: 'column' },
        h('h2', null, words.notMe[language]),
        h('p', null, words.notMeHint[language]),
        linkButton({ text: words.notMe[language], href: '/me/security/not-me', kind: 'danger' }),
      ),
    ),
  }
}

function recoveryNotice(
  { language, formKey }: SecurityRequest,
  { id, readyAt }: { readonly id: string; readonly readyAt: number },
): ComponentChild {
  const time = plainTime(readyAt, language)
  return notification({
    kind: 'danger',
    title: words.recoveryTitle[language],
    body: [
      h('p', null, filled(words.recoveryBody[language], { time })),
      form(
        { action: `/me/security/recovery/${id}/cancel`, formKey },
        button({ text: words.recoveryCancel[language], kind: 'danger' }),
      ),
    ],
  })
}

function ways({ language }: SecurityRequest, authenticators: readonly Authenticator[]): ComponentChild {
  const time = (at: number | undefined) =>
    at === undefined ? words.never[language] : plainTime(at, language)
  const rows = authenticators.map((one) => [
    h('span', { dir: 'auto' }, shownWay(one, language)),
    [kindNames[one.kind][language], ...facts(one, language)].join(', '),
    time(one.addedAt),
    time(one.usedAt),
    h(
      'a',
      {
        href: `/me/security/authenticators/${one.id}`,
        'aria-label': `${words.change[language]}: ${shownWay(one, language)}`,
      },
      words.change[language],
    ),
  ])
  const columns = [words.way, words.kind, words.added, words.used, words.change].map((text) => ({
    title: text[language],
  }))
  const hasTotp = authenticators.some(({ kind }) => kind === 'totp')
  const warning = wayWarning(authenticators)
  const link = (href: string, text: string) =>
    linkButton({ text, href: `/me/security/${href}`, kind: 'secondary' })
  return h(
    'section',
    null,
    h('h2', null, words.ways[language]),
    warning === undefined ? null : inset(h('p', null, warning[language])),
    rows.length === 0 ? null : table({ caption: words.ways[language], isCaptionHidden: true, columns, rows }),
    buttonGroup(
      link('passkey', words.addPasskey[language]),
      link('totp', words.addTotp[language]),
      hasTotp ? link('password', words.setPassword[language]) : null,
      link('codes', words.newCodes[language]),
    ),
  )
}

/** Whoever could lose their only way in is told before they do. */
function wayWarning(authenticators: readonly Authenticator[]): Text | undefined {
  if (authenticators.length === 0) return words.noWay
  return authenticators.filter(({ kind }) => kind === 'passkey').length > 1 ? undefined : words.onlyOne
}

function facts({ passkey, codesLeft }: Authenticator, language: 'th' | 'en'): string[] {
  if (codesLeft !== undefined) return [filled(words.codesLeft[language], { count: String(codesLeft) })]
  if (passkey === undefined) return []
  if (passkey.isSynced) return [words.synced[language]]
  return [passkey.isHardware ? words.hardware[language] : words.bound[language]]
}

function sessionsPart(
  { language, formKey, who }: SecurityRequest,
  sessions: Awaited<ReturnType<SecurityOptions['sessions']['of']>>,
): ComponentChild {
  const items = sessions.map(({ id, sids, device, lastUsedAt }) => {
    const name = device[language]
    const time = plainTime(lastUsedAt, language)
    return h(
      'li',
      null,
      h(
        'p',
        null,
        h('strong', null, name),
        ' ',
        sids.includes(who.session) ? tag(words.here[language], 'info') : null,
      ),
      h('p', { class: 'quiet' }, filled(words.lastUsed[language], { time })),
      form(
        { action: `/me/security/sessions/${id}/end`, formKey, inline: true },
        button({
          text: words.end[language],
          kind: 'secondary',
          label: filled(words.endLabel[language], { device: name }),
        }),
      ),
    )
  })
  return h('section', null, h('h2', null, words.sessions[language]), h('ul', { class: 'plain' }, items))
}

/** What happened, the latest first. */
export function eventList(
  { language }: Pick<SecurityRequest, 'language'>,
  events: readonly HistoryEvent[],
): ComponentChild {
  if (events.length === 0) return h('p', null, words.noHistory[language])
  return timeline(
    events.map(({ at, text, isWarning }) => ({
      time: plainTime(at, language),
      iso: new Date(at).toISOString(),
      title: [h('span', { dir: 'auto' }, text[language])],
      ...(isWarning && { body: tag(words.look[language], 'warning') }),
    })),
  )
}
