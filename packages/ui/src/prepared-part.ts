import { type ComponentChild, Fragment, h } from 'preact'
import { jsxTemplate } from 'preact/jsx-runtime'
import { renderToString } from 'preact-render-to-string'

/** Stands where a form's key will; no text of a page has it. */
const place = '\u{e000}form-key\u{e000}'

/**
 * A part of a page that is the same for everybody but for the keys of its forms: drawn once. Gives it with the key of one
 * visitor.
 */
export function preparedPart(
  draw: (formKey: ComponentChild) => ComponentChild,
): (formKey: ComponentChild) => ComponentChild {
  const pieces = renderToString(h(Fragment, null, draw(place))).split(place)
  return (formKey) => jsxTemplate(pieces, ...pieces.slice(1).map(() => formKey))
}
