import type { Rule } from './rule.ts'
import { thereIsNo } from './rule.ts'

/** What somebody agrees to is asked in the form. */
export const consentsShowAnswers: Rule = ({ workflow: { source }, definition }) => {
  const fields = new Set(definition.form.pages.flatMap((page) => page.fields.map(({ id }) => id)))
  return definition.workflow.consents.flatMap(({ shows = [] }, index) =>
    shows.flatMap((field, at) =>
      fields.has(field)
        ? []
        : [
            source.note(
              `/consents/${index}/shows/${at}`,
              'unknown-id',
              thereIsNo({ th: 'ช่อง', en: 'field' }, field, fields),
            ),
          ],
    ),
  )
}
