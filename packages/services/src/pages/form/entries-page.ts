import { filled, type Language } from '@sapan/kernel'
import {
  backLink,
  button,
  buttonGroup,
  emptyState,
  entryList,
  errorSummary,
  form,
  linkButton,
  notification,
  type SiteAnswer,
  type SitePage,
  tag,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { answerText, noAnswer } from '../../application/answer-text.ts'
import { entryName } from '../../application/entry-name.ts'
import type { FormPage } from '../../definition/form.ts'
import { marksWithout } from '../../form/marks.ts'
import { openProblems } from '../../form/problems.ts'
import { applyFacts } from '../../prefill/apply.ts'
import { isOwnList, listOfRegister, toldEntries } from '../../prefill/fill-list.ts'
import { type Entry, entriesOf, placeEntry, seenDigest } from './entry.ts'
import { nextAfter } from './next.ts'
import type { FormPagesOptions, FormRequest, OpenedDraft } from './options.ts'
import { savingOf } from './take-page.ts'
import { formWords as words } from './words.ts'

/** The entries of a repeated page: add another, change, remove, and go on when all are there. */
export function entriesPage(
  { ground }: Pick<FormPagesOptions, 'ground'>,
  request: FormRequest,
  opened: OpenedDraft,
  page: FormPage,
  status?: number,
): SitePage {
  const { language, formKey, query, form: sent } = request
  const { base } = opened
  const { one, min = 0, max } = page.repeat ?? { one: page.title, max: 1 }
  const entries = entriesOf(opened.draft.content, page)
  const at = `${base}/pages/${page.id}`
  const from = sent.get('from') ?? query.get('from') ?? ''
  const errors = status === undefined ? [] : listErrors(opened, page, language)
  const add = (entries.length === 0 ? words.addOne : words.addMore)[language]
  const addText = filled(add, { one: one[language] })
  return {
    kind: 'page',
    title: page.title[language],
    ...(status === undefined ? {} : { status }),
    body: h(
      'div',
      { class: 'column' },
      backLink(base, language, words.tasks[language]),
      errorSummary(errors, language),
      h('h1', null, page.title[language]),
      page.about === undefined ? null : h('p', null, page.about[language]),
      ownListNotice(ground, request, opened, page),
      h(
        'div',
        { id: 'entries', tabIndex: -1 },
        entries.length === 0
          ? emptyState(words.noEntries[language], min === 0 ? h('p', null, words.mayBeNone[language]) : null)
          : entryList(entries.map((entry, item) => listed(opened, page, { entry, item }, language))),
      ),
      entries.length >= max
        ? h('p', null, filled(words.mostEntries[language], { n: max }))
        : linkButton({
            text: addText,
            href: `${at}/new${from === 'review' ? '?from=review' : ''}`,
            kind: 'secondary',
          }),
      form(
        { action: at, formKey },
        h('input', { type: 'hidden', name: 'from', value: from }),
        buttonGroup(button({ text: words.next[language] })),
      ),
    ),
  }
}

/** That the person's list does not follow the register any more, with what that says and a way back to it. */
function ownListNotice(
  { memberName }: Pick<FormPagesOptions['ground'], 'memberName'>,
  { language, formKey }: FormRequest,
  { definition, draft, base }: OpenedDraft,
  page: FormPage,
): ComponentChild {
  const { marks } = draft.content
  if (!isOwnList(page, marks)) return null
  const evidence = definition.evidence.find(({ id }) => id === marks[page.id]?.evidence)
  const member = evidence?.service.split('/').slice(0, 3).join('/') ?? ''
  const who = memberName(member)?.[language] ?? evidence?.name[language] ?? member
  const said = toldEntries(page, marks)
  return notification({
    kind: 'info',
    title: words.listOwn[language],
    body: h(
      'div',
      null,
      h('p', null, filled(words.listOwnAbout[language], { who })),
      said.length === 0
        ? h('p', null, words.listNone[language])
        : h(
            'ul',
            null,
            said.map((entry, at) =>
              h('li', null, entryTitle(page, entry, { at, count: said.length }, language)),
            ),
          ),
      form(
        { action: `${base}/pages/${page.id}`, formKey },
        h('input', { type: 'hidden', name: 'list', value: 'register' }),
        h('p', { class: 'quiet' }, words.listAgainAbout[language]),
        button({ text: words.listAgain[language], kind: 'secondary' }),
      ),
    ),
  })
}

/** Takes the list from the register again, to be looked at once more. */
async function takeFromRegister(
  { drafts }: FormPagesOptions,
  { definition, draft, base }: OpenedDraft,
  page: FormPage,
): Promise<SiteAnswer> {
  const { content } = draft
  if (isOwnList(page, content.marks)) {
    const list = listOfRegister(page, entriesOf(content, page), content.marks)
    const next = applyFacts(definition, {
      ...content,
      answers: { ...content.answers, [page.id]: list },
      done: content.done.filter((id) => id !== page.id),
    })
    await drafts.save(draft, next)
  }
  return { kind: 'redirect', to: `${base}/pages/${page.id}` }
}

function listed(
  opened: OpenedDraft,
  page: FormPage,
  { entry, item }: { entry: Entry; item: number },
  language: Language,
) {
  const { length: count } = entriesOf(opened.draft.content, page)
  const title = entryTitle(page, entry, { at: item, count }, language)
  const at = `${opened.base}/pages/${page.id}/${item + 1}`
  const isOpen = openProblems(opened.definition, opened.draft.content, opened.today).some(
    (problem) => problem.page === page.id && problem.item === item,
  )
  const action = (href: string, text: string) => ({ href, text, label: `${text} ${title}` })
  return {
    title,
    ...(isOpen ? { about: tag(words.begun[language], 'warning') } : {}),
    actions: [action(at, words.change[language]), action(`${at}/remove`, words.remove[language])],
  }
}

/** What an entry is called: by the field that names it, else by its place among `count`. */
export function entryTitle(
  page: FormPage,
  entry: Entry,
  place: { readonly at: number; readonly count: number },
  language: Language,
): string {
  const { titleField, one } = page.repeat ?? { titleField: '', one: page.title }
  const field = page.fields.find(({ id }) => id === titleField)
  const value = field && entry[field.id]
  if (field === undefined || value === undefined) return entryName(one, place, language)
  return answerText(field, value, { language }) ?? noAnswer
}

/** What stands against the list: too few, too many, an entry that is not whole. */
function countProblems({ definition, draft, today }: OpenedDraft, page: FormPage) {
  const content = { ...draft.content, done: [...draft.content.done, page.id] }
  return openProblems(definition, content, today).filter((problem) => problem.page === page.id)
}

/** The same in words: each with the entry and the field that it is about. */
function listErrors(opened: OpenedDraft, page: FormPage, language: Language) {
  const entries = entriesOf(opened.draft.content, page)
  return countProblems(opened, page).map(({ item, field, text }) => {
    const entry = item === undefined ? undefined : entries[item]
    const where = [
      entry && item !== undefined && entryTitle(page, entry, { at: item, count: entries.length }, language),
      page.fields.find(({ id }) => id === field)?.label[language],
      text[language],
    ]
    return { field: 'entries', text: where.filter(Boolean).join(': ') }
  })
}

/** That the list is whole, as its owner says. */
export async function takeEntries(
  options: FormPagesOptions,
  request: FormRequest,
  opened: OpenedDraft,
  page: FormPage,
): Promise<SiteAnswer> {
  if (request.form.get('list') === 'register') return await takeFromRegister(options, opened, page)
  if (countProblems(opened, page).length > 0) return entriesPage(options, request, opened, page, 422)
  const { draft, definition } = opened
  const { content } = draft
  const isChange = request.form.get('from') === 'review'
  if (content.done.includes(page.id)) return { kind: 'redirect', to: nextAfter(opened, page, isChange) }
  const list = entriesOf(content, page)
  const done = {
    ...content,
    answers: { ...content.answers, [page.id]: list },
    done: [...content.done, page.id],
  }
  const saved = await options.drafts.save(draft, done, savingOf(draft, done, definition))
  return { kind: 'redirect', to: nextAfter({ ...opened, draft: saved }, page, isChange) }
}

/** Asks before an entry is removed. */
export function removePage(
  request: FormRequest,
  opened: OpenedDraft,
  page: FormPage,
  item: number,
): SiteAnswer {
  const { language, formKey } = request
  const at = `${opened.base}/pages/${page.id}`
  const entries = entriesOf(opened.draft.content, page)
  const entry = entries[item]
  if (entry === undefined) return { kind: 'redirect', to: at }
  const one = page.repeat?.one[language] ?? ''
  const title = filled(words.removeAsk[language], {
    title: entryTitle(page, entry, { at: item, count: entries.length }, language),
  })
  return {
    kind: 'page',
    title,
    body: h(
      'div',
      { class: 'column' },
      backLink(at, language, page.title[language]),
      h('h1', null, title),
      form(
        { action: `${at}/${item + 1}/remove`, formKey },
        h('input', {
          type: 'hidden',
          name: 'seen',
          value: seenDigest(opened.draft.id, entry),
          autocomplete: 'off',
        }),
        buttonGroup(
          button({ text: filled(words.removeOne[language], { one }), kind: 'danger' }),
          linkButton({ text: words.keepIt[language], href: at, kind: 'secondary' }),
        ),
      ),
    ),
  }
}

/** Removes the entry that was seen, wherever it lies now; one that is gone stays gone. */
export async function removeEntry(
  { drafts }: FormPagesOptions,
  { form }: FormRequest,
  { draft, definition, base }: OpenedDraft,
  { page, item }: { readonly page: FormPage; readonly item: number },
): Promise<SiteAnswer> {
  const entries = entriesOf(draft.content, page)
  const place = placeEntry(draft.id, entries, item, form.get('seen') ?? '')
  if (place.kind === 'found') {
    const left = entries.filter((_, at) => at !== place.item)
    const { answers, marks } = draft.content
    const content = applyFacts(definition, {
      ...draft.content,
      answers: { ...answers, [page.id]: left },
      marks: marksWithout(marks, page.id, place.item),
    })
    await drafts.save(draft, content)
  }
  return { kind: 'redirect', to: `${base}/pages/${page.id}` }
}
