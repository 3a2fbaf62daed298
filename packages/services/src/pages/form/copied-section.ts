import { filled } from '@sapan/kernel'
import { details, notification, table, tag } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { type AnswerReader, noAnswer } from '../../application/answer-text.ts'
import { copyDifferences } from '../../draft/copied.ts'
import type { OpenedDraft } from './options.ts'
import { formWords as words } from './words.ts'

/** Of a copy: with which application it began, and what differs from it so far. */
export function copiedSection(
  { definition, draft, today, base }: OpenedDraft,
  reader: AnswerReader,
  { isOpen }: { readonly isOpen: boolean },
): ComponentChild {
  const { copied } = draft
  if (copied === undefined) return null
  const { language } = reader
  const found = copyDifferences(definition, draft, { ...reader, today })
  const rows = found.map(({ page, item, label, before, now, isFromRegister }) => [
    h('a', { href: `${base}/pages/${page}${item === undefined ? '' : `/${item + 1}`}` }, label),
    before ?? noAnswer,
    [now ?? noAnswer, isFromRegister ? [' ', tag(words.byRegister[language], 'success')] : null],
  ])
  const columns = [words.question, words.earlier, words.today].map((text) => ({ title: text[language] }))
  const caption = filled(words.copyDiffers[language], { n: rows.length })
  return notification({
    kind: 'info',
    title: filled(words.copied[language], { number: copied.number }),
    body: h(
      'div',
      null,
      h('p', null, words.copiedAbout[language]),
      rows.length === 0
        ? h('p', null, words.copySame[language])
        : details({ summary: caption, isOpen }, table({ caption, isCaptionHidden: true, columns, rows })),
    ),
  })
}
