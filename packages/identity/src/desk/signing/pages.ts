import type { Language } from '@sapan/kernel'
import type { TokenRequest } from '@sapan/trust'
import {
  button,
  checkbox,
  emptyState,
  fileField,
  form,
  linkButton,
  plainTime,
  type SitePage,
  type SummaryRow,
  summaryList,
  table,
  tag,
  textField,
} from '@sapan/ui'
import { type ComponentChild, type ComponentChildren, h } from 'preact'
import type { SigningRequest } from '../../signing/requests.ts'
import type { SigningDocument } from '../../signing/store/documents.ts'
import { words } from './words.ts'

interface Shown {
  readonly language: Language
  readonly formKey: ComponentChildren
}

/** Where a document is chosen, and those that were. */
export function signingPage(documents: readonly SigningDocument[], { language, formKey }: Shown): SitePage {
  return {
    kind: 'page',
    title: words.signing[language],
    body: [
      h('h1', null, words.signing[language]),
      form(
        { action: '/desk/signing', formKey, files: true },
        fileField({
          name: 'file',
          label: words.file[language],
          hint: words.fileHint[language],
          accept: '.pdf,application/pdf',
        }),
        textField({ name: 'reason', label: words.reason[language], longest: 200 }),
        checkbox({ name: 'visible', label: words.visible[language] }),
        button({ text: words.begin[language] }),
      ),
      h('h2', null, words.documents[language]),
      listOf(documents, language),
    ],
  }
}

const looks = { waiting: 'info', signed: 'success', refused: 'neutral' } as const

function listOf(documents: readonly SigningDocument[], language: Language): ComponentChild {
  if (documents.length === 0) return emptyState(words.none[language], h('p', null, words.noneNext[language]))
  return table({
    caption: words.documents[language],
    isCaptionHidden: true,
    columns: [words.name, words.when, words.state].map((each) => ({ title: each[language] })),
    rows: documents.map(({ id, about, at, signedAt, state }) => [
      h('a', { href: `/desk/signing/documents/${id}` }, about.name),
      plainTime(signedAt ?? at, language),
      tag(words[state][language], looks[state]),
    ]),
  })
}

/** What came of one document. */
export function documentPage(
  { id, about, state, at, signedAt }: SigningDocument,
  language: Language,
): SitePage {
  return {
    kind: 'page',
    title: about.name,
    body: [
      h('h1', null, about.name),
      summaryList([
        { key: words.state[language], value: tag(words[state][language], looks[state]) },
        { key: words.when[language], value: plainTime(signedAt ?? at, language) },
        { key: words.reason[language], value: about.reason },
      ]),
      state === 'signed'
        ? h(
            'p',
            null,
            linkButton({ text: words.download[language], href: `/desk/signing/documents/${id}/file` }),
          )
        : null,
      h('p', null, h('a', { href: '/desk/signing' }, words.back[language])),
    ],
  }
}

/** What there is to know of a request before one says yes: who asks, names and digests. */
export function requestRows({ signing, client }: TokenRequest, language: Language): SummaryRow[] {
  return [
    { key: words.asks[language], value: h('bdi', null, client.name) },
    ...(signing?.description
      ? [{ key: words.name[language], value: h('bdi', null, signing.description) }]
      : []),
    ...(signing ? [{ key: words.count[language], value: String(signing.count) }] : []),
    ...(signing?.hashes ?? []).map((hash) => ({ key: words.hash[language], value: h('code', null, hash) })),
  ]
}

/**
 * What an officer is asked to sign: names and digests. `isProved`: they have proved themselves since, so that the next
 * press signs; before, it leads to where they do, here or on a device of their own.
 */
export function confirmPage(
  ticket: string,
  { request }: SigningRequest,
  { language, formKey, isProved }: Shown & { readonly isProved: boolean },
): SitePage {
  const { signing } = request
  const address = `/desk/signing/confirm/${ticket}`
  const yes = signing ? words.sign[language] : words.allow[language]
  const press = (path: string, text: string, kind?: 'secondary') =>
    form({ action: address + path, formKey, inline: true }, button({ text, ...(kind && { kind }) }))
  const isReady = isProved || !signing
  return {
    kind: 'page',
    title: words.confirm[language],
    body: [
      h('h1', null, words.confirm[language]),
      signing ? h('p', null, words.confirmAbout[language]) : null,
      summaryList(requestRows(request, language)),
      h(
        'div',
        { class: 'button-group' },
        isReady ? press('', yes) : linkButton({ text: words.prove[language], href: `${address}/proved` }),
        isReady ? null : press('/phone', words.phone[language], 'secondary'),
        press('/decline', words.decline[language], 'secondary'),
      ),
    ],
  }
}
