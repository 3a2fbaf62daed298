import type { CaseReport, CaseSeen, CaseSummary, Officer } from '@sapan/casework'
import type { Visitor } from '@sapan/identity'
import { backLink, emptyState, type SitePage, type SiteRequest, table, tag } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { DeskCasesOptions } from '../options.ts'
import { words } from '../words.ts'

const mostAtOnce = 100

type Deed = (officer: Officer, seen: CaseSeen) => Promise<CaseSummary>

/** `POST /desk/cases/many`: the same with each of the chosen cases, each alone; then what came of each. */
export async function actOnMany(options: DeskCasesOptions, request: SiteRequest<Visitor>): Promise<SitePage> {
  const { cases, officerOf } = options
  const { form, who, language } = request
  const officer = officerOf(who)
  const deeds: Readonly<Record<string, Deed>> = {
    take: cases.take,
    release: cases.release,
    review: cases.review,
    endorse: cases.endorse,
  }
  const chosen = form.getAll('case').slice(0, mostAtOnce).flatMap(seenOf)
  const deed = new Map(Object.entries(deeds)).get(form.get('do') ?? '')
  const reports = deed === undefined ? [] : await cases.actOnMany(chosen, (seen) => deed(officer, seen))
  return {
    kind: 'page',
    title: words.report[language],
    body: [
      backLink('/desk/cases', language, words.back[language]),
      h('h1', null, words.report[language]),
      reports.length === 0
        ? emptyState(words.reportNone[language], h('p', null, words.reportNoneNext[language]))
        : reportTable(reports, language),
    ],
  }
}

function reportTable(reports: readonly CaseReport[], language: 'th' | 'en'): ComponentChild {
  return table({
    caption: words.report[language],
    isCaptionHidden: true,
    columns: [{ title: words.number[language] }, { title: words.outcome[language] }],
    rows: reports.map(({ case: id, now, problem }) => [
      h('a', { href: `/desk/cases/${id}` }, now?.number ?? id),
      problem === undefined
        ? tag(words.done[language], 'success')
        : [problem.type.title[language], h('p', { class: 'quiet' }, problem.type.next[language])],
    ]),
  })
}

/** `<id> <version>`, as the list's boxes have it. */
function seenOf(value: string): CaseSeen[] {
  const [, id, version] = /^([0-9a-f-]{36}) (\d{1,9})$/.exec(value) ?? []
  return id === undefined ? [] : [{ case: id, version: Number(version) }]
}
