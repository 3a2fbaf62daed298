import type { JsonValue } from '@sapan/casework'
import { checkboxes, details, textField } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { askable } from '../../application/askable.ts'
import type { HandedInPage } from '../../application/handed-in.ts'
import type { DeskCasesOptions } from '../options.ts'
import type { OpenCase, Unsent } from './case-page.ts'
import { words } from './words.ts'

/** Documents for which the form has no field that can be asked for at once, and letters of what each is. */
const most = { files: 3, letters: 200 } as const

type Asking = Pick<DeskCasesOptions, 'days' | 'places'>

/** What the officer wants beside words: answers of the form to be given anew, and further documents. */
export function wantedFields(
  options: Asking,
  open: OpenCase,
  language: 'th' | 'en',
  unsent: Unsent | undefined,
): ComponentChild {
  const chosen = chosenIn(unsent?.form)
  const pages = pagesOf(options, open, language)
  return [
    pages.length === 0
      ? null
      : details(
          { summary: words.askFields[language], isOpen: chosen.length > 0 },
          pages.map(({ id, title, answers }) =>
            checkboxes({
              name: `field-${id}`,
              label: title,
              values: chosen,
              choices: answers.map(({ path, label, text }) => ({
                value: path,
                text: label,
                hint: text ?? words.notAnswered[language],
              })),
            }),
          ),
        ),
    details(
      { summary: words.askFiles[language], isOpen: filesIn(unsent?.form).length > 0 },
      h('p', { class: 'quiet' }, words.askFilesHint[language]),
      Array.from({ length: most.files }, (_, at) =>
        textField({
          name: `file-${at}`,
          label: `${words.askFile[language]} ${at + 1}`,
          value: unsent?.form.get(`file-${at}`) ?? undefined,
        }),
      ),
    ),
  ]
}

/** What was chosen of it. What the applicant cannot be asked for is left out. */
export function readWanted(options: Asking, open: OpenCase, form: URLSearchParams): JsonValue {
  const may = pagesOf(options, open, 'th').flatMap(({ answers }) => answers.map(({ path }) => path))
  const chosen = chosenIn(form)
  return { fields: may.filter((path) => chosen.includes(path)), files: filesIn(form) }
}

/** Each page has boxes of its own. */
function chosenIn(form: URLSearchParams | undefined): string[] {
  return [...(form ?? [])].flatMap(([name, value]) => (name.startsWith('field-') ? [value] : []))
}

function filesIn(form: URLSearchParams | undefined): string[] {
  return Array.from({ length: most.files }, (_, at) => form?.get(`file-${at}`)?.trim() ?? '')
    .filter((text) => text !== '')
    .map((text) => text.slice(0, most.letters))
}

function pagesOf(
  { days, places }: Asking,
  { definition, application }: OpenCase,
  language: 'th' | 'en',
): readonly HandedInPage[] {
  if (application === undefined) return []
  const day = days.dateOf(application.submittedAt)
  return askable(definition, application, { day, language, places })
}
