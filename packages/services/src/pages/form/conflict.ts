import type { JsonValue } from '@sapan/casework'
import type { Language } from '@sapan/kernel'
import { linkButton, notification, table } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { type AnswerReader, answerText, noAnswer } from '../../application/answer-text.ts'
import type { DraftContent } from '../../application/application.ts'
import type { Field, FormPage } from '../../definition/form.ts'
import { entryAt, isSameEntry } from './entry.ts'
import type { OpenedDraft } from './options.ts'
import { formWords as words } from './words.ts'

export interface Conflict {
  readonly opened: OpenedDraft
  readonly page: FormPage
  readonly item?: number
  /** With what was typed in it. */
  readonly typed: DraftContent
  readonly base: string
}

/** That another window saved something else: both, side by side, for each field that differs. */
export function conflictNotice(
  reader: AnswerReader,
  { opened, page, item, typed, base }: Conflict,
): ComponentChild {
  const { language } = reader
  const shown = (field: Field, value: JsonValue | undefined) => answerText(field, value, reader) ?? noAnswer
  const [saved, sent] = [opened.draft.content, typed].map((content) => entryAt(content, page, item))
  const differing = page.fields.filter(({ id }) => !isSameEntry(pick(saved ?? {}, id), pick(sent ?? {}, id)))
  const rows = differing.map((field) => [
    field.label[language],
    shown(field, saved?.[field.id]),
    shown(field, sent?.[field.id]),
  ])
  const columns = [words.question, words.saved, words.typed].map((text) => ({ title: text[language] }))
  const at = `${base}/pages/${page.id}${item === undefined ? '' : `/${item + 1}`}`
  return notification({
    kind: 'warning',
    title: words.conflict[language],
    isNew: true,
    body: h(
      'div',
      null,
      h('p', null, words.conflictAbout[language]),
      table({ caption: words.conflict[language], isCaptionHidden: true, columns, rows }),
      linkButton({ text: words.keepSaved[language], href: at, kind: 'secondary' }),
    ),
  })
}

/** That the entry was removed in another window. */
export function goneNotice(language: Language): ComponentChild {
  return notification({
    kind: 'warning',
    title: words.conflict[language],
    isNew: true,
    body: h('p', null, words.conflictGone[language]),
  })
}

/** That an answer brought up another question on the same page. */
export function askedNowNotice(language: Language): ComponentChild {
  return notification({ kind: 'info', title: words.askedNow[language], isNew: true })
}

function pick(entry: ReturnType<typeof entryAt>, id: string): ReturnType<typeof entryAt> {
  return entry[id] === undefined ? {} : { [id]: entry[id] }
}
