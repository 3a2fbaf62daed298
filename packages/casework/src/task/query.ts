import { Problem } from '@sapan/kernel'
import { caseworkProblems } from '../problems.ts'
import type { TaskSummary } from './task.ts'

/** Which tasks a list shows: those that wait, those that nobody has taken, one's own, late ones, those done with. */
export const shows = ['waiting', 'open', 'mine', 'overdue', 'done'] as const
export type TaskShow = (typeof shows)[number]

export const sorts = ['due', 'opened'] as const
export type TaskSort = (typeof sorts)[number]

export interface TaskQuery {
  readonly show: TaskShow
  readonly sort: TaskSort
  readonly descending: boolean
  /** 1 to 100. */
  readonly limit: number
  /** Of the officer's duties only this one. */
  readonly duty?: string
  readonly kind?: string
  readonly reference?: string
  /** `next` of the page before. */
  readonly after?: string
}

export interface TaskPage {
  readonly tasks: readonly TaskSummary[]
  /** Where the next page starts; absent on the last one. */
  readonly next?: string
}

export const pageSize = 25

/** The query that an address asks for. Throws `task-list-unreadable` for words that no list knows. */
export function readQuery(search: URLSearchParams): TaskQuery {
  const chosen = { duty: text(search, 'duty'), kind: text(search, 'kind'), after: text(search, 'after') }
  const reference = text(search, 'reference')
  return {
    show: oneOf(shows, search.get('show') ?? 'waiting'),
    sort: oneOf(sorts, search.get('sort') ?? 'due'),
    descending: oneOf(['up', 'down'] as const, search.get('order') ?? 'up') === 'down',
    limit: pageSize,
    ...(chosen.duty === undefined ? {} : { duty: chosen.duty }),
    ...(chosen.kind === undefined ? {} : { kind: chosen.kind }),
    ...(chosen.after === undefined ? {} : { after: chosen.after }),
    ...(reference === undefined ? {} : { reference }),
  }
}

function oneOf<T extends string>(list: readonly T[], word: string): T {
  const found = list.find((one) => one === word)
  if (found === undefined) throw new Problem(caseworkProblems['task-list-unreadable'])
  return found
}

function text(search: URLSearchParams, name: string): string | undefined {
  const value = (search.get(name) ?? '').trim()
  if (value === '') return undefined
  // The database cannot hold a NUL, and no word of ours is that long.
  if (value.length > 200 || value.includes('\0')) throw new Problem(caseworkProblems['task-list-unreadable'])
  return value
}
