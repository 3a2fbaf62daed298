import { type ComponentChild, type ComponentChildren, h } from 'preact'

export interface ConfirmationOptions {
  /** What was done: the page's heading. */
  readonly title: string
  /** The number to keep, with its name. */
  readonly reference?: { readonly name: string; readonly value: string }
  /** What happens next: below the panel. */
  readonly next: ComponentChildren
}

/** That something is done, its number, and what happens next. */
export function confirmation({ title, reference, next }: ConfirmationOptions): ComponentChild {
  return h(
    'div',
    null,
    h(
      'div',
      { class: 'confirmation' },
      h('h1', null, title),
      reference === undefined
        ? null
        : h('p', null, reference.name, h('br', null), h('strong', null, reference.value)),
    ),
    next,
  )
}
