import { type ComponentChild, type ComponentChildren, h } from 'preact'

export interface NotificationOptions {
  readonly kind: 'info' | 'success' | 'warning' | 'danger'
  readonly title: string
  readonly body?: ComponentChildren
  /** It tells of what was just done: screen readers say it at once. */
  readonly isNew?: boolean
}

/** Something that the visitor should know before anything else on the page. */
export function notification({ kind, title, body, isNew = false }: NotificationOptions): ComponentChild {
  return h(
    'section',
    { class: 'ds-alert', 'data-color': kind, role: isNew ? 'alert' : undefined, 'aria-label': title },
    h('h2', null, title),
    body,
  )
}
