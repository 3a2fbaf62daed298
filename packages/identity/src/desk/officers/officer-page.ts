import { formatNationalId, type Language } from '@sapan/kernel'
import {
  button,
  details,
  errorSummary,
  form,
  linkButton,
  personName,
  plainTime,
  type SitePage,
  select,
  summaryList,
  table,
  tag,
  textField,
} from '@sapan/ui'
import { type ComponentChild, type ComponentChildren, h } from 'preact'
import { type HeldDuty, type OfficerRecord, standing } from '../../officers/appointment.ts'
import type { OfficersCountry } from '../../officers/country.ts'
import type { EntryFault } from '../../officers/entry.ts'
import type { ChangeRow } from '../../officers/store/history.ts'
import { periodText } from './period.ts'
import { words } from './words.ts'

export interface OfficerPageOptions {
  readonly officer: OfficerRecord
  readonly history: readonly ChangeRow[]
  readonly country: OfficersCountry
  readonly language: Language
  readonly formKey: ComponentChildren
  readonly now: number
  readonly faults?: readonly EntryFault[]
  readonly sent?: URLSearchParams
}

/** One officer: what is known, duties with what can be done about them, and the history. */
export function officerPage(options: OfficerPageOptions): SitePage {
  const { officer, language, faults = [] } = options
  const title = `${officer.givenName} ${officer.familyName}`.trim()
  const isOver = officer.state === 'ended'
  return {
    kind: 'page',
    status: faults.length > 0 ? 422 : 200,
    title,
    body: [
      h('h1', null, personName(title, language)),
      errorSummary(
        faults.map(({ field, text }) => ({ field, text: text[language] })),
        language,
      ),
      summary(options),
      h('h2', null, words.duties[language]),
      dutiesOf(options),
      isOver ? null : giveForm(options),
      isOver ? null : endForm(options),
      details({ summary: words.history[language] }, historyOf(options)),
      h('p', null, h('a', { href: '/desk/officers' }, words.back[language])),
    ],
  }
}

function summary({ officer, country, language, formKey }: OfficerPageOptions): ComponentChild {
  const { id, state, title, unit, nationalId, checked } = officer
  const address = `/desk/officers/${id}`
  return [
    summaryList([
      {
        key: words.state[language],
        value: tag(words[state][language], state === 'live' ? 'success' : 'neutral'),
      },
      { key: words.number[language], value: formatNationalId(nationalId) },
      { key: words.position[language], value: title[language] },
      { key: words.unit[language], value: unit[language] || '–' },
      { key: words.period[language], value: periodText(officer, country, language) },
      {
        key: words.check[language],
        value: checked ? words[checked.outcome][language] : words.notChecked[language],
        source: checked ? `OCSC · ${plainTime(checked.at, language)} · ${checked.exchange}` : undefined,
      },
    ]),
    h(
      'div',
      { class: 'button-group' },
      state === 'ended'
        ? null
        : linkButton({ text: words.change[language], href: `${address}/change`, kind: 'secondary' }),
      country.register
        ? form(
            { action: `${address}/check`, formKey, inline: true },
            button({ text: words.check[language], kind: 'quiet' }),
          )
        : null,
    ),
  ]
}

function dutiesOf(options: OfficerPageOptions): ComponentChild {
  const { officer, country, language, now } = options
  const held = standing(officer.held, now)
  if (held.length === 0 || officer.state === 'ended') return h('p', null, words.noDuties[language])
  return table({
    caption: words.duties[language],
    isCaptionHidden: true,
    columns: [words.duty, words.role, words.period, words.endDuty].map((each) => ({ title: each[language] })),
    rows: held.map((each) => dutyRow(each, options)),
  })
  function dutyRow(each: HeldDuty, { formKey }: OfficerPageOptions): ComponentChildren[] {
    const name = country.duties.find(({ code }) => code === each.duty)?.name[language] ?? each.duty
    const role = country.roles.find(({ code }) => code === each.role)?.name[language]
    return [
      name,
      role ? `${role} ${each.behalf ?? ''}`.trim() : words.own[language],
      periodText(each, country, language),
      form(
        { action: `/desk/officers/${officer.id}/duties/${each.id}/end`, formKey, inline: true },
        button({
          text: words.endDuty[language],
          kind: 'quiet',
          label: `${words.endDuty[language]}: ${name}`,
        }),
      ),
    ]
  }
}

function giveForm({
  officer,
  country,
  language,
  formKey,
  faults = [],
  sent,
}: OfficerPageOptions): ComponentChild {
  const errorOf = (name: string) => faults.find(({ field }) => field === name)?.text[language]
  const text = (name: string, label: string, hint?: string) =>
    textField({ name, label, hint, value: sent?.get(name) ?? '', error: errorOf(name), longest: 200 })
  const terms = (list: readonly { code: string; name: { th: string; en: string } }[]) =>
    list.map(({ code, name }) => ({ value: code, text: name[language] }))
  return details(
    { summary: words.give[language], isOpen: faults.length > 0 },
    form(
      { action: `/desk/officers/${officer.id}/duties`, formKey },
      select({
        name: 'duties',
        label: words.duty[language],
        choices: terms(country.duties),
        value: sent?.get('duties') ?? '',
        error: errorOf('duties'),
      }),
      select({
        name: 'role',
        label: words.role[language],
        choices: terms(country.roles),
        value: sent?.get('role') ?? '',
        empty: words.own[language],
        error: errorOf('role'),
      }),
      text('on_behalf_of', words.behalf[language]),
      text('duty_from', words.from[language], words.dayHint[language]),
      text('duty_till', words.till[language], words.dayHint[language]),
      button({ text: words.give[language] }),
    ),
  )
}

function endForm({ officer, language, formKey }: OfficerPageOptions): ComponentChild {
  return details(
    { summary: words.end[language] },
    h('p', null, words.endAbout[language]),
    form(
      { action: `/desk/officers/${officer.id}/end`, formKey },
      button({ text: words.end[language], kind: 'danger' }),
    ),
  )
}

function historyOf({ history, country, language }: OfficerPageOptions): ComponentChild {
  const nameOf = (code: string) => country.duties.find((duty) => duty.code === code)?.name[language] ?? code
  return h(
    'ul',
    null,
    history.map(({ at, kind, detail, byOperator }) =>
      h(
        'li',
        null,
        `${plainTime(at, language)} · ${words[`history-${kind}`][language]}`,
        detail.duty === undefined ? '' : `: ${nameOf(detail.duty)}`,
        byOperator === undefined ? '' : ` (${byOperator})`,
      ),
    ),
  )
}
