import type { Language, Text, WorkingDays } from '@sapan/kernel'
import { plainTime, tag } from '@sapan/ui'
import { type ComponentChildren, h } from 'preact'
import { readClock } from '../task/clock-words.ts'
import { stateNames } from '../task/state-words.ts'
import type { Officer, TaskSummary } from '../task/task.ts'

const words = {
  mine: { th: 'คุณกำลังทำ', en: 'You handle it' },
  due: { th: 'ภายใน', en: 'by' },
} as const satisfies Record<string, Text>

/** The time of a task, in words: a colour never says it alone. */
export function clockMark(
  task: Pick<TaskSummary, 'state' | 'dueAt'>,
  days: WorkingDays,
  at: number,
  language: Language,
): ComponentChildren {
  const reading = readClock(task, days, at)
  const due = h('p', { class: 'quiet' }, `${words.due[language]} ${plainTime(task.dueAt, language)}`)
  if (reading === undefined) return due
  return [tag(reading.text[language], reading.isLate ? 'danger' : 'info'), due]
}

export function stateMark(task: TaskSummary, officer: Officer, language: Language): ComponentChildren {
  const isMine = task.state === 'taken' && task.assignee === officer.account
  if (isMine) return tag(words.mine[language], 'info')
  return tag(stateNames[task.state][language], task.state === 'answered' ? 'success' : 'neutral')
}
