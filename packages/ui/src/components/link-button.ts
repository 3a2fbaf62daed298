import { type ComponentChild, h } from 'preact'
import { type ButtonKind, buttonLook } from './button.ts'

export interface LinkButtonOptions {
  readonly text: string
  readonly href: string
  readonly kind?: ButtonKind
}

/** A link that looks like a button: it begins something, and sends nothing. */
export function linkButton({ text, href, kind = 'main' }: LinkButtonOptions): ComponentChild {
  return h('a', { href, ...buttonLook(kind) }, text)
}
