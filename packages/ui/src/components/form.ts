import { type ComponentChild, type ComponentChildren, h } from 'preact'

export interface FormOptions {
  readonly action: string
  /** `SiteRequest.formKey`. */
  readonly formKey: ComponentChildren
  /** The form brings files. */
  readonly files?: boolean
  readonly id?: string
  /** For a small form inside a row: no space around it. */
  readonly inline?: boolean
}

/** A form that is sent with POST. What is missing is said in the page, in its language, not by the browser. */
export function form(
  { action, formKey, files = false, id, inline = false }: FormOptions,
  ...children: ComponentChildren[]
): ComponentChild {
  const encoding = files ? { enctype: 'multipart/form-data' as const } : {}
  return h(
    'form',
    { method: 'post', action, noValidate: true, id, class: inline ? 'inline-form' : 'form', ...encoding },
    formKey,
    ...children,
  )
}
