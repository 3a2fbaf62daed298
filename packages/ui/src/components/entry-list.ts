import { type ComponentChild, type ComponentChildren, h } from 'preact'

export interface ListedEntry {
  readonly title: string
  /** What else tells it from others; its state. */
  readonly about?: ComponentChildren
  readonly actions: readonly { readonly href: string; readonly text: string; readonly label: string }[]
}

/** Entries of a group that is filled in several times, each with ways to change and remove it. */
export function entryList(entries: readonly ListedEntry[]): ComponentChild {
  return h(
    'ol',
    { class: 'entry-list' },
    entries.map(({ title, about, actions }) =>
      h(
        'li',
        null,
        h(
          'div',
          null,
          h('strong', { class: 'break' }, title),
          about === undefined ? null : h('div', null, about),
        ),
        h(
          'div',
          { class: 'entry-actions' },
          actions.map(({ href, text, label }) => h('a', { href, 'aria-label': label }, text)),
        ),
      ),
    ),
  )
}
