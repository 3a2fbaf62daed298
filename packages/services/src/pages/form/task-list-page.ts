import type { Language } from '@sapan/kernel'
import { backLink, button, form, notification, type SitePage, type TaskEntry, tag, taskList } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { visiblePages } from '../../form/pages.ts'
import { type OpenProblem, openProblems } from '../../form/problems.ts'
import { copiedSection } from './copied-section.ts'
import { entriesOf, entryAt } from './entry.ts'
import type { FormPagesOptions, FormRequest, OpenedDraft } from './options.ts'
import { partyLine } from './question-page.ts'
import { formWords as words } from './words.ts'

/** All parts of the form with how far each is. */
export function taskListPage(
  { places }: Pick<FormPagesOptions, 'places'>,
  { language, formKey }: FormRequest,
  opened: OpenedDraft,
): SitePage {
  const { definition, draft, base, today } = opened
  const { id, name, form: shape, evidence } = definition
  const problems = openProblems(definition, draft.content, today)
  const pages = visiblePages(definition, draft.content, today).filter(({ fields }) => fields.length > 0)
  const section = ({ id: of, title }: (typeof shape.sections)[number]) => {
    const own = pages.filter(({ page }) => page.section === of)
    if (own.length === 0) return null
    return [
      h('h2', null, title[language]),
      taskList(
        own.map(
          ({ page }): TaskEntry => ({
            text: page.title[language],
            href: `${base}/pages/${page.id}`,
            state: pageState(opened, problems, page.id, language),
          }),
        ),
      ),
    ]
  }
  return {
    kind: 'page',
    title: name[language],
    body: h(
      'div',
      { class: 'column' },
      backLink(`/services/${id}/apply`, language, words.apply[language]),
      h('h1', null, name[language]),
      draft.isForParty ? h('p', null, partyLine(opened, language)) : null,
      movedNotice(opened, language),
      copiedSection(opened, { language, places }, { isOpen: false }),
      evidence.length > 0 ? taskList([factsTask(opened, language)]) : null,
      shape.sections.map(section),
      h('h2', null, words.last[language]),
      taskList([
        problems.length === 0
          ? { text: words.review[language], href: `${base}/review`, state: tag(words.todo[language], 'info') }
          : { text: words.review[language], hint: words.later[language], state: null },
      ]),
      h('p', { class: 'quiet' }, words.kept[language]),
      form(
        { action: `${base}/remove`, formKey },
        button({ text: words.removeDraft[language], kind: 'quiet' }),
      ),
    ),
  }
}

function pageState(
  { definition, draft }: OpenedDraft,
  problems: readonly OpenProblem[],
  id: string,
  language: Language,
): ComponentChild {
  const isOpen = problems.some(({ page }) => page === id)
  if (!isOpen) return tag(words.done[language], 'success')
  const page = definition.form.pages.find((one) => one.id === id)
  const isEmpty =
    page === undefined ||
    (page.repeat === undefined
      ? Object.keys(entryAt(draft.content, page)).length === 0
      : entriesOf(draft.content, page).length === 0)
  if (isEmpty) return tag(words.todo[language])
  const onlyUnseen = problems.every((problem) => problem.page !== id || problem.field === undefined)
  if (onlyUnseen && !draft.content.done.includes(id)) return tag(words.filled[language], 'info')
  return tag(words.begun[language], 'warning')
}

function factsTask({ draft, base, definition }: OpenedDraft, language: Language): TaskEntry {
  const { facts } = draft.content
  const known = definition.evidence.filter(({ id }) => facts[id] !== undefined)
  const isAnswered = known.every(
    ({ id }) => facts[id]?.state !== 'fetched' || facts[id]?.agreed !== undefined,
  )
  const [text, kind] =
    known.length === 0
      ? [words.todo, 'neutral' as const]
      : isAnswered
        ? [words.done, 'success' as const]
        : [words.begun, 'warning' as const]
  return {
    text: words.facts[language],
    hint: words.factsAbout[language],
    href: `${base}/facts`,
    state: tag(text[language], kind),
  }
}

/** What a newer version of the service asks anew. */
function movedNotice({ draft, definition, base }: OpenedDraft, language: Language): ComponentChild {
  const { moved } = draft
  if (moved === undefined) return null
  const asked = definition.form.pages.flatMap((page) =>
    page.fields.filter(({ id }) => moved.anew.includes(id)).map((field) => ({ page, field })),
  )
  const list = asked.map(({ page, field }) =>
    h('li', null, h('a', { href: `${base}/pages/${page.id}` }, field.label[language])),
  )
  return notification({
    kind: 'info',
    title: words.newVersion[language],
    body:
      list.length === 0
        ? h('p', null, words.newVersionNone[language])
        : h('div', null, h('p', null, words.newVersionAbout[language]), h('ul', null, list)),
  })
}
