import { Problem } from '@sapan/kernel'
import { noticesProblems } from '../problems.ts'

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** Whether a text from outside can be a key here; the database would fail on others. */
export function isUuid(text: string): boolean {
  return uuid.test(text)
}

/** Where a page ended, for an address. */
export function cursorOf(at: Date, id: string): string {
  return `${at.getTime().toString(36)}.${id}`
}

/** What `cursorOf` wrote. Throws `inbox-list-unreadable`. */
export function readCursor(text: string): { readonly at: number; readonly id: string } {
  const [time = '', id = '', ...rest] = text.split('.')
  // Nine of them are a moment that a Date can hold.
  const at = /^[0-9a-z]{1,9}$/.test(time) ? Number.parseInt(time, 36) : Number.NaN
  if (rest.length > 0 || Number.isNaN(at) || !isUuid(id)) {
    throw new Problem(noticesProblems['inbox-list-unreadable'])
  }
  return { at, id }
}
