import { type ComponentChild, type ComponentChildren, h } from 'preact'

export interface TaskEntry {
  readonly text: string
  readonly hint?: string | undefined
  /** Absent while it cannot be begun. */
  readonly href?: string | undefined
  /** A tag, or words: done needs no tag. */
  readonly state: ComponentChildren
}

/** Steps of something larger, with how far each is. */
export function taskList(entries: readonly TaskEntry[]): ComponentChild {
  const entry = ({ text, hint, href, state }: TaskEntry) =>
    h(
      'li',
      null,
      h(
        'div',
        null,
        href === undefined ? text : h('a', { href }, text),
        hint === undefined ? null : h('p', { class: 'quiet' }, hint),
      ),
      h('div', { class: 'state' }, state),
    )
  return h('ul', { class: 'task-list' }, entries.map(entry))
}
