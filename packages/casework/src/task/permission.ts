import type { Officer } from './task.ts'

/** What decides who may see a task. */
export interface TaskPlace {
  readonly agency: string
  readonly duty: string
  readonly subject: string | null
}

/** Why an officer may not see a task; undefined where they may. For the log: the officer is told that it isn't there. */
export function refusal(
  officer: Officer,
  task: TaskPlace,
): 'agency' | 'duty' | 'about-themselves' | undefined {
  if (task.agency !== officer.agency) return 'agency'
  if (!officer.duties.includes(task.duty)) return 'duty'
  // An act in one's own matter is barred (Thai Administrative Procedure Act 2539, section 13).
  if (task.subject === officer.account) return 'about-themselves'
  return undefined
}
