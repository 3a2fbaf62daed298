import { type ComponentChild, type ComponentChildren, h } from 'preact'

/** Text that stands out from what is around it. */
export function inset(...children: ComponentChildren[]): ComponentChild {
  return h('div', { class: 'inset' }, ...children)
}
