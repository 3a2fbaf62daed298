import { type ComponentChild, type ComponentChildren, h } from 'preact'

/** Buttons and links side by side, below each other on a phone. */
export function buttonGroup(...children: ComponentChildren[]): ComponentChild {
  return h('div', { class: 'button-group' }, ...children)
}
