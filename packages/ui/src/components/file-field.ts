import { type ComponentChild, h } from 'preact'
import { describedBy, type FieldOptions, fieldError, fieldHint, fieldLabel } from './field-parts.ts'

export interface FileFieldOptions extends FieldOptions {
  /** Only a help for choosing: `.csv,.xlsx`. */
  readonly accept?: string
}

/** A file. Its form needs `files`, its route `uploadBytes`. */
export function fileField(options: FileFieldOptions): ComponentChild {
  const { name, accept } = options
  return h(
    'div',
    { class: 'ds-field' },
    fieldLabel(options),
    fieldHint(options),
    fieldError(options),
    h('input', { type: 'file', class: 'file-input', id: name, name, accept, ...describedBy(options) }),
  )
}
