import type { Language } from '@sapan/kernel'
import { emptyState, linkButton, type SitePage, table, tag } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { FolderEntry } from '../folder.ts'
import { findingsTable } from './findings-table.ts'
import { authoringWords as words } from './words.ts'

/** `/desk/services`: all definitions with their versions, and what stands against each. */
export function listPage(entries: readonly FolderEntry[], language: Language): SitePage {
  const title = words.title[language]
  return {
    kind: 'page',
    title,
    body: [
      h('h1', null, title),
      h('p', null, words.about[language]),
      h('p', null, linkButton({ text: words.tryOut[language], href: '/desk/services/preview' })),
      entries.length === 0 ? emptyState(words.none[language]) : entriesTable(entries, language),
      ...entries
        .filter(({ findings }) => findings.length > 0)
        .flatMap(({ service, version, findings }) => [
          h('h2', null, `${service} ${version}`),
          findingsTable(findings, language),
        ]),
    ],
  }
}

function entriesTable(entries: readonly FolderEntry[], language: Language): ComponentChild {
  return table({
    caption: words.title[language],
    isCaptionHidden: true,
    columns: [
      { title: words.service[language] },
      { title: words.version[language], isNumber: true },
      { title: words.state[language] },
      { title: words.digest[language] },
    ],
    rows: entries.map(({ service, version, definition, findings }) => [
      [definition?.name[language] ?? service, ' ', h('span', { class: 'quiet' }, service)],
      String(version),
      findings.length === 0
        ? tag(words.sound[language], 'success')
        : tag(`${words.toMend[language]} ${findings.length}`, 'danger'),
      h('code', null, definition?.digest.slice(0, 12) ?? '–'),
    ]),
  })
}
