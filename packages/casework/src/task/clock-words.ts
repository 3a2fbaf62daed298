import { counted, type Text, type WorkingDays } from '@sapan/kernel'
import type { TaskState } from './states.ts'

/** How a task stands with its time. */
export interface ClockReading {
  readonly text: Text
  readonly isLate: boolean
}

/** The time that is left or has passed, in words; undefined for a task that needs nothing more. */
export function readClock(
  { state, dueAt }: { readonly state: TaskState; readonly dueAt: number },
  days: WorkingDays,
  at: number,
): ClockReading | undefined {
  if (state === 'answered' || state === 'closed') return undefined
  if (at > dueAt) return { text: late(days.between(dueAt, at)), isLate: true }
  return { text: left(days.between(at, dueAt)), isLate: false }
}

function late(count: number): Text {
  if (count === 0) return { th: 'เลยกำหนดวันนี้', en: 'Overdue since today' }
  return { th: `เลยกำหนด ${count} วันทำการ`, en: `Overdue by ${counted(count, 'working day')}` }
}

function left(count: number): Text {
  if (count === 0) return { th: 'ครบกำหนดวันนี้', en: 'Due today' }
  return { th: `เหลือ ${count} วันทำการ`, en: `${counted(count, 'working day')} left` }
}
