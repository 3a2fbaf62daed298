import { type ComponentChild, type ComponentChildren, h } from 'preact'

export interface SummaryRow {
  readonly key: string
  readonly value: ComponentChildren
  /** Where it comes from and when it was fetched. */
  readonly source?: ComponentChildren
  readonly action?: { readonly href: string; readonly text: string; readonly label?: string } | undefined
}

/** What is known, a row each, with a way to change it: answers to check, the parts of a mandate. */
export function summaryList(rows: readonly SummaryRow[]): ComponentChild {
  return h('dl', { class: 'summary-list' }, rows.map(summaryRow))
}

function summaryRow({ key, value, source, action }: SummaryRow): ComponentChild {
  return h(
    'div',
    null,
    h('dt', null, key),
    h('dd', null, value, source === undefined ? null : h('p', { class: 'quiet' }, source)),
    action === undefined
      ? null
      : h('dd', { class: 'action' }, h('a', { href: action.href, 'aria-label': action.label }, action.text)),
  )
}
