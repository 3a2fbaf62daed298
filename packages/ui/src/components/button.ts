import { type ComponentChild, h } from 'preact'

/** `main` once a page; `danger` for what cannot be taken back. */
export type ButtonKind = 'main' | 'secondary' | 'quiet' | 'danger'

export interface ButtonOptions {
  /** The verb and the thing: `ยื่นแบบภาษี`. */
  readonly text: string
  readonly kind?: ButtonKind
  /** Where several buttons send one form, which one it was. */
  readonly name?: string
  readonly value?: string
  /** For a script to find. */
  readonly id?: string
  /** What a screen reader says where the text alone is not enough: `ยกเลิกความยินยอมของกรมสรรพากร`. */
  readonly label?: string
}

/** A button that sends its form. */
export function button({ text, kind = 'main', label, ...attributes }: ButtonOptions): ComponentChild {
  return h('button', { type: 'submit', ...buttonLook(kind), 'aria-label': label, ...attributes }, text)
}

/** What makes an element look like a button. */
export function buttonLook(kind: ButtonKind): Record<string, string> {
  const look: Record<ButtonKind, Record<string, string>> = {
    main: {},
    secondary: { 'data-variant': 'secondary' },
    quiet: { 'data-variant': 'tertiary' },
    danger: { 'data-color': 'danger' },
  }
  return { class: 'ds-button', ...look[kind] }
}
