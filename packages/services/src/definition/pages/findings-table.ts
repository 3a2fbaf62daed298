import type { Language } from '@sapan/kernel'
import { table } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { Finding } from '../finding.ts'
import { authoringWords as words } from './words.ts'

/** What stands against a definition, by file and line. */
export function findingsTable(findings: readonly Finding[], language: Language): ComponentChild {
  return table({
    caption: words.findings[language],
    isCaptionHidden: true,
    columns: [{ title: words.place[language] }, { title: words.what[language] }],
    rows: findings.map(({ file, line, column, reason, code }) => [
      h('code', null, `${file}:${line}:${column}`),
      [reason[language], ' ', h('span', { class: 'quiet' }, code)],
    ]),
  })
}
