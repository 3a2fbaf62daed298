import { Problem } from '@sapan/kernel'
import { caseProblems } from '../../case/problems.ts'
import { isCaseId } from './cases.ts'

/** Where a page of a list starts: behind this time and id. `undefined`: among those without a time, at the end. */
export interface Cursor {
  readonly at: number | undefined
  readonly id: string
}

export function writeCursor({ at, id }: Cursor): string {
  return `${at === undefined ? '' : at.toString(36)}.${id}`
}

/** Throws `case-list-unreadable` for what `writeCursor` did not write. */
export function readCursor(text: string): Cursor {
  const [time = '', id = '', ...rest] = text.split('.')
  // Nine of them are a moment that a Date can hold.
  if (rest.length > 0 || !/^[0-9a-z]{0,9}$/.test(time) || !isCaseId(id)) {
    throw new Problem(caseProblems['case-list-unreadable'])
  }
  return { at: time === '' ? undefined : Number.parseInt(time, 36), id }
}
