import type { DocumentReport, Report } from '@sapan/documents/check'
import type { Language } from '@sapan/kernel'
import { type ComponentChild, h } from 'preact'
import { dataView } from './data-view.ts'
import { facts, type Pair } from './parts.ts'
import { plainSize } from './time.ts'
import type { ReportViewOptions } from './view.ts'
import { formatWords, revisionWords, words } from './words.ts'

/** What is in the file: its first page, the data inside, what it says about itself, how often it was saved. */
export function insideView(report: Report, options: ReportViewOptions): ComponentChild {
  const { language, picture, data = [] } = options
  const { document } = report
  const carries = data.length > 0 || document?.embedded !== undefined
  const about = h(
    'div',
    null,
    facts(fileFacts(report, language)),
    document === undefined ? null : attachments(document, language),
    document === undefined ? null : revisions(document, language),
  )
  // The page beside what the data says: both are of the same document, and must say the same.
  return h(
    'section',
    null,
    h('h2', null, words.inside[language]),
    h(
      'div',
      { class: picture === undefined ? 'inside' : 'inside pictured' },
      picture === undefined ? null : pageFigure(picture, language),
      carries ? dataView(data, report, language) : picture === undefined ? null : about,
    ),
    carries || picture === undefined ? about : null,
  )
}

function pageFigure(picture: string, language: Language): ComponentChild {
  return h(
    'figure',
    null,
    h('img', { src: picture, alt: words.picture[language] }),
    h('figcaption', null, words.pictureNote[language]),
  )
}

function fileFacts({ file, document }: Report, language: Language): Pair[] {
  return [
    [words.format[language], formatWords[file.format][language]],
    ...(document?.title ? [[words.title[language], document.title] as Pair] : []),
    ...(document?.pages === undefined ? [] : [[words.pages[language], String(document.pages)] as Pair]),
    [words.size[language], plainSize(file.bytes, language)],
    ...(document?.pdfaClaim === undefined ? [] : [[words.pdfa[language], document.pdfaClaim] as Pair]),
    [words.digest[language], h('code', { class: 'break' }, file.sha256)],
  ]
}

function attachments({ attachments: files }: DocumentReport, language: Language): ComponentChild {
  if (files.length === 0) return null
  return h(
    'div',
    null,
    h('h3', null, words.attachments[language]),
    h(
      'ul',
      null,
      ...files.map(({ name, mime, bytes }) =>
        h(
          'li',
          { class: 'break' },
          h('strong', null, name),
          ` (${[mime, plainSize(bytes, language)].filter(Boolean).join(', ')})`,
        ),
      ),
    ),
  )
}

function revisions({ revisions: saves }: DocumentReport, language: Language): ComponentChild {
  if (saves.length < 2) return null
  return h(
    'details',
    null,
    h('summary', null, `${words.revisions[language]} (${saves.length})`),
    h(
      'ol',
      { class: 'saves' },
      ...saves.map(({ signedBy, verdict, changes }) =>
        h(
          'li',
          { class: `break ${verdict}` },
          h('strong', null, revisionWords[verdict][language]),
          signedBy === undefined ? null : ` · ${signedBy}`,
          changes.length === 0
            ? null
            : h(
                'ul',
                null,
                ...changes.map(({ text, kind, detail }) =>
                  h(
                    'li',
                    null,
                    text?.[language] ?? kind,
                    detail === undefined ? null : h('code', { lang: 'en' }, detail),
                  ),
                ),
              ),
        ),
      ),
    ),
  )
}
