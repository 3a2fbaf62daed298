import { type ComponentChild, h } from 'preact'

/** What a tag's colour says once more: its word says it first. */
export type TagKind = 'neutral' | 'info' | 'success' | 'warning' | 'danger'

/** A state in a word. */
export function tag(text: string, kind: TagKind = 'neutral'): ComponentChild {
  return h('span', { class: 'ds-tag', 'data-color': kind }, text)
}
