import { type ComponentChild, type ComponentChildren, h } from 'preact'

export interface DetailsOptions {
  readonly summary: ComponentChildren
  readonly isOpen?: boolean
}

/** What only some readers need, as the law's name and section. */
export function details(
  { summary, isOpen = false }: DetailsOptions,
  ...children: ComponentChildren[]
): ComponentChild {
  return h(
    'details',
    { open: isOpen },
    h('summary', null, summary),
    h('div', { class: 'folded' }, ...children),
  )
}
