import type { CaseQuery, CaseShow, CaseState, Officer } from '@sapan/casework'
import type { WorkingDays } from '@sapan/kernel'
import { stateWords } from '../marks.ts'

export const queueShows = ['work', 'mine', 'awaited', 'ended'] as const satisfies readonly CaseShow[]

/** What the address of a list says; what it says wrongly counts as not said. */
export interface QueueChoice {
  readonly show: CaseShow
  readonly duty?: string
  readonly service?: string
  readonly state?: CaseState
  readonly has?: 'me' | 'nobody'
  readonly overdue: boolean
  /** A day: due until then. */
  readonly due?: string
  readonly number?: string
  readonly after?: string
}

const perPage = 25

export function readChoice(query: URLSearchParams): QueueChoice {
  const text = (name: string, pattern: RegExp) => {
    const value = query.get(name)?.trim() ?? ''
    return pattern.test(value) ? value : undefined
  }
  const show = queueShows.find((one) => one === query.get('show')) ?? 'work'
  const has = (['me', 'nobody'] as const).find((one) => one === query.get('has'))
  const state = isState(query.get('state')) ? query.get('state') : undefined
  const choice = {
    duty: text('duty', /^[a-z][a-z-]{1,40}$/),
    service: text('service', /^[a-z][a-z0-9-]{1,60}$/),
    state: state ?? undefined,
    has,
    due: text('due', /^\d{4}-\d{2}-\d{2}$/),
    number: text('number', /^[\p{L}\d][\p{L}\d-]{0,39}$/u),
    after: text('after', /^[\w.-]{1,200}$/),
  }
  const said = Object.entries(choice).filter(([, value]) => value !== undefined)
  return { show, overdue: query.get('overdue') === 'yes', ...Object.fromEntries(said) }
}

function isState(text: string | null): text is CaseState {
  return text !== null && Object.hasOwn(stateWords, text)
}

/** The list that is asked for, of this officer. */
export function queryOf(choice: QueueChoice, officer: Officer, days: WorkingDays): CaseQuery {
  const { show, has, due, overdue, duty, service, state, number, after } = choice
  const dueBefore = due === undefined ? undefined : dayEnd(due, days)
  return {
    show,
    limit: perPage,
    ...(duty === undefined ? {} : { duty }),
    ...(service === undefined ? {} : { service }),
    ...(state === undefined ? {} : { state }),
    ...(has === undefined ? {} : { assignee: has === 'me' ? officer.account : null }),
    ...(overdue ? { overdue } : {}),
    ...(dueBefore === undefined ? {} : { dueBefore }),
    ...(number === undefined ? {} : { number }),
    ...(after === undefined ? {} : { after }),
  }
}

/** The end of a day in the country; undefined for a day that there is not. */
function dayEnd(day: string, days: WorkingDays): number | undefined {
  const noon = Date.parse(`${day}T05:00:00Z`)
  if (Number.isNaN(noon) || days.dateOf(noon) !== day) return undefined
  const start = noon - (noon % 3_600_000)
  let end = start
  while (days.dateOf(end) === day) end += 3_600_000
  return end
}

/** The address of a list, with what differs from the usual. */
export function addressOf(choice: Partial<QueueChoice>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(choice)) {
    if (value === true) search.set(name, 'yes')
    else if (typeof value === 'string') search.set(name, value)
  }
  return `/desk/cases?${search}`
}
