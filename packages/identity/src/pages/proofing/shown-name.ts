import { type ComponentChild, h } from 'preact'
import { seenName } from '../../account/seen-name.ts'

/** A name as a page shows it, kept apart from the writing direction around it. */
export function shownName(name: string): ComponentChild {
  return h('bdi', null, seenName(name))
}
