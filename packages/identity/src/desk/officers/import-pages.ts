import type { Language } from '@sapan/kernel'
import {
  button,
  details,
  fileField,
  form,
  linkButton,
  notification,
  type SitePage,
  table,
  tag,
} from '@sapan/ui'
import { type ComponentChild, type ComponentChildren, h } from 'preact'
import type { OfficersCountry } from '../../officers/country.ts'
import type { ImportLine } from '../../officers/import/import.ts'
import type { ImportJob } from '../../officers/import/jobs.ts'
import { words } from './words.ts'

interface Shown {
  readonly language: Language
  readonly formKey: ComponentChildren
}

const example = `national_id,given_name,family_name,title_th,unit_th,duties,from,till
1-2345-67890-12-1,สมหญิง,ตัวอย่าง,นักปกครองชำนาญการ,ที่ทำการปกครองอำเภอ,registrar|helper,1/10/2569,30/9/2570`

/** Where a file is chosen. */
export function chooseFilePage(country: OfficersCountry, { language, formKey }: Shown): SitePage {
  const duties = country.duties.map(({ code, name }) =>
    h('li', null, h('code', null, code), ` ${name[language]}`),
  )
  return {
    kind: 'page',
    title: words.import[language],
    body: [
      h('h1', null, words.import[language]),
      form(
        { action: '/desk/officers/import', formKey, files: true },
        fileField({
          name: 'file',
          label: words.file[language],
          hint: words.fileHint[language],
          accept: '.csv,.json,text/csv,application/json',
        }),
        button({ text: words.look[language] }),
      ),
      details(
        { summary: words.fileExample[language] },
        h('pre', { tabIndex: 0 }, example),
        h('ul', null, duties),
      ),
      h('p', null, h('a', { href: '/desk/officers' }, words.back[language])),
    ],
  }
}

/** What a file would do, what it does, or what it did. */
export function importPage(job: ImportJob, { language, formKey }: Shown): SitePage {
  return {
    kind: 'page',
    title: words.report[language],
    body: [
      h('h1', null, words.report[language]),
      stateOf(job, { language, formKey }),
      countsOf(job, language),
      linesOf(job, language),
      h('p', null, h('a', { href: '/desk/officers' }, words.back[language])),
    ],
  }
}

function stateOf(
  { id, state, done, total, report }: ImportJob,
  { language, formKey }: Shown,
): ComponentChild {
  const told = (kind: 'success' | 'danger' | 'info' | 'warning', title: string, body?: ComponentChildren) =>
    notification({ kind, title, body, isNew: true })
  if (state === 'done') return told('success', words.done[language])
  if (state === 'failed') return told('danger', words.failed[language])
  if (state === 'running') {
    const far = `${done.toLocaleString('en')} / ${total.toLocaleString('en')}`
    const again = linkButton({
      text: words.again[language],
      href: `/desk/officers/import/${id}`,
      kind: 'secondary',
    })
    return told('info', `${words.running[language]} ${far}`, again)
  }
  if (report.refused || report.counts.refused > 0) {
    return told(
      'warning',
      words.refusedAll[language],
      report.refused ? h('p', null, report.refused[language]) : null,
    )
  }
  return form({ action: `/desk/officers/import/${id}`, formKey }, button({ text: words.bring[language] }))
}

const outcomes = ['added', 'changed', 'left', 'refused'] as const
const looks = { added: 'success', changed: 'info', left: 'neutral', refused: 'danger' } as const

function countsOf({ report }: ImportJob, language: Language): ComponentChild {
  const texts = outcomes.map((each) => `${words[each][language]} ${report.counts[each].toLocaleString('en')}`)
  return h('p', { class: 'lead' }, texts.join(' · '))
}

const mostLines = 500

/** What has to be mended comes first. */
function linesOf({ report }: ImportJob, language: Language): ComponentChild {
  const sorted = [...report.lines].sort(
    (a, b) => Number(b.outcome === 'refused') - Number(a.outcome === 'refused') || a.line - b.line,
  )
  return [
    sorted.length > mostLines ? h('p', null, words.firstLines[language]) : null,
    table({
      caption: words.report[language],
      isCaptionHidden: true,
      columns: [words.line, words.name, words.outcome, words.details].map((each) => ({
        title: each[language],
      })),
      rows: sorted.slice(0, mostLines).map((line) => lineRow(line, language)),
    }),
  ]
}

function lineRow(
  { line, name, outcome, changed, faults }: ImportLine,
  language: Language,
): ComponentChildren[] {
  const said = faults.map(({ field, text }) => h('div', null, h('code', null, field), ` ${text[language]}`))
  return [
    String(line),
    name,
    tag(words[outcome][language], looks[outcome]),
    said.length > 0 ? said : changed.join(' '),
  ]
}
