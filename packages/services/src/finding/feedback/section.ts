import type { Language } from '@sapan/kernel'
import { button, details, form, textArea } from '@sapan/ui'
import { type ComponentChild, type ComponentChildren, h } from 'preact'
import { words } from '../pages/words.ts'

/** Mounted at the foot of every page of a service. */
export function feedbackSection({
  service,
  step,
  language,
  formKey,
}: {
  readonly service: string
  /** `about`, or a page of the form. */
  readonly step: string
  readonly language: Language
  readonly formKey: ComponentChildren
}): ComponentChild {
  const press = (value: string, text: string) => button({ text, kind: 'secondary', name: 'clear', value })
  return h(
    'div',
    { class: 'feedback' },
    details(
      { summary: words.feedback[language] },
      form(
        { action: `/services/${service}/feedback`, formKey },
        h('input', { type: 'hidden', name: 'step', value: step }),
        textArea({
          name: 'said',
          label: words.feedbackText[language],
          hint: words.feedbackHint[language],
          rows: 3,
          longest: 1000,
        }),
        h(
          'p',
          { class: 'button-group' },
          press('yes', words.feedbackYes[language]),
          ' ',
          press('no', words.feedbackNo[language]),
        ),
      ),
    ),
  )
}
