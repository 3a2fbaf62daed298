import { type ComponentChild, type ComponentChildren, h } from 'preact'

/** In place of a list that has nothing yet: why, and the next step. */
export function emptyState(title: string, ...next: ComponentChildren[]): ComponentChild {
  return h('div', { class: 'empty-state' }, h('p', null, h('strong', null, title)), ...next)
}
