import type { Language } from '@sapan/kernel'
import { emptyState, notification, plainTime, type SiteAnswer } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { Question } from '../../provider/backchannel.ts'
import { signingQuestion } from '../../signing/elsewhere.ts'
import { signingQuestionPath } from '../signing/routes.ts'
import { type WaitingPagesOptions, type WaitingRequest, waitingPath } from './options.ts'
import { words } from './words.ts'

/** `/me/waiting`: what was asked of the visitor from elsewhere, and what they have just answered. */
export async function listPage(options: WaitingPagesOptions, request: WaitingRequest): Promise<SiteAnswer> {
  const { who, language, query } = request
  const [questions, help] = await Promise.all([
    options.backchannel.pendingOf(who.account),
    options.help.waiting(who),
  ])
  const signIns = await Promise.all(
    questions.filter(({ kind }) => kind === 'sign-in').map((one) => signInEntry(options, one, language)),
  )
  const helpers = help.map(({ id, helperName, expiresAt }) =>
    entry(
      [h('bdi', null, helperName[language] || helperName.th), ': ', words.help[language]],
      { href: `/me/mandates/help/${id}`, till: expiresAt },
      language,
    ),
  )
  const signatures = questions
    .filter(({ kind }) => kind === signingQuestion)
    .map(({ id, expiresAt }) =>
      entry(words.toSign[language], { href: `${signingQuestionPath}/${id}`, till: expiresAt }, language),
    )
  const entries = [...helpers, ...signatures, ...signIns]
  return {
    kind: 'page',
    title: words.title[language],
    body: h(
      'div',
      { class: 'column' },
      answered(query.get('done'), language),
      h('h1', null, words.title[language]),
      h('p', { class: 'lead' }, words.lead[language]),
      entries.length === 0
        ? emptyState(words.none[language], h('p', null, words.noneNext[language]))
        : h('ul', null, entries),
    ),
  }
}

function answered(done: string | null, language: Language): ComponentChild {
  if (done !== 'approved' && done !== 'denied' && done !== 'signed' && done !== 'unsigned') return null
  const kind = done === 'approved' || done === 'signed' ? 'success' : 'info'
  return notification({ kind, title: words[done][language], isNew: true })
}

async function signInEntry(
  { clients }: WaitingPagesOptions,
  { id, client = '', expiresAt }: Question,
  language: Language,
): Promise<ComponentChild> {
  const names = (await clients.find(client))?.names
  const said = [h('bdi', null, names?.[language] ?? client), ' ', words.signIn[language]]
  return entry(said, { href: `${waitingPath}/${id}`, till: expiresAt }, language)
}

function entry(
  said: ComponentChild,
  { href, till }: { readonly href: string; readonly till: number },
  language: Language,
): ComponentChild {
  return h(
    'li',
    null,
    said,
    ' – ',
    h('a', { href }, words.look[language]),
    h('p', { class: 'quiet' }, `${words.till[language]} ${plainTime(till, language)}`),
  )
}
