import type { Officer } from '@sapan/casework'
import type { Language } from '@sapan/kernel'
import { button, checkbox, details, select, textField } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { stateWords } from '../marks.ts'
import type { DeskCasesOptions } from '../options.ts'
import { words } from '../words.ts'
import type { QueueChoice } from './read-query.ts'

/** The form above the queue; open where something is chosen already. */
export function queueFilters(
  { definitions, dutyName }: DeskCasesOptions,
  officer: Officer,
  choice: QueueChoice,
  language: Language,
): ComponentChild {
  const { show, after: _, overdue, ...chosen } = choice
  const services = definitions.current().map(({ id, name }) => ({ value: id, text: name[language] }))
  const states = Object.entries(stateWords).map(([value, { name }]) => ({ value, text: name[language] }))
  const duties = officer.duties.map((value) => ({ value, text: dutyName(value)[language] }))
  const has = [
    { value: 'me', text: words.me[language] },
    { value: 'nobody', text: words.nobody[language] },
  ]
  const empty = words.all[language]
  return details(
    { summary: words.filters[language], isOpen: overdue || Object.keys(chosen).length > 0 },
    h(
      'form',
      { method: 'get', action: '/desk/cases', class: 'form' },
      h('input', { type: 'hidden', name: 'show', value: show }),
      textField({
        name: 'number',
        label: words.number[language],
        hint: words.numberHint[language],
        value: choice.number,
        longest: 40,
        width: 20,
      }),
      select({
        name: 'service',
        label: words.service[language],
        choices: services,
        value: choice.service,
        empty,
      }),
      select({ name: 'state', label: words.state[language], choices: states, value: choice.state, empty }),
      select({ name: 'duty', label: words.duty[language], choices: duties, value: choice.duty, empty }),
      select({ name: 'has', label: words.assignee[language], choices: has, value: choice.has, empty }),
      dueField(choice.due, language),
      checkbox({ name: 'overdue', label: words.overdue[language], isChecked: overdue }),
      button({ text: words.show[language], kind: 'secondary' }),
    ),
  )
}

/** A filter, not an answer: the browser's own choice of days, whose value is of the common era. */
function dueField(value: string | undefined, language: Language): ComponentChild {
  return h(
    'div',
    { class: 'ds-field' },
    h('label', { for: 'due', class: 'ds-label' }, words.due[language]),
    h('input', { id: 'due', name: 'due', type: 'date', class: 'ds-input wide-10', value: value ?? '' }),
  )
}
