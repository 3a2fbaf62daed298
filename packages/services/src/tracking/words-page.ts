import type { Case } from '@sapan/casework'
import type { Text } from '@sapan/kernel'
import {
  type ButtonKind,
  backLink,
  button,
  buttonGroup,
  errorSummary,
  form,
  plainTime,
  type SiteAnswer,
  textArea,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { actingCase, toCase } from './case-page.ts'
import type { TrackingOptions, TrackingRequest } from './options.ts'
import { longestSaying, needsWords, readSaying, type Saying, say } from './say.ts'
import { trackingWords } from './words.ts'

interface DoingWords {
  readonly about: Text
  readonly label: Text
  readonly button: Text
  readonly missing?: Text
  readonly kind: ButtonKind
}

const words: Readonly<Record<Saying, DoingWords>> = {
  withdraw: {
    about: {
      th: 'เมื่อถอนแล้ว หน่วยงานจะไม่พิจารณาต่อ เรียกกลับไม่ได้ แต่ยื่นใหม่จากคำตอบเดิมได้',
      en: 'The agency stops working on it. This cannot be undone, but you can apply again with your answers.',
    },
    label: { th: 'เหตุผล (ไม่บังคับ)', en: 'Why (optional)' },
    button: { th: 'ถอนเรื่องนี้', en: 'Withdraw this application' },
    kind: 'danger',
  },
  appeal: {
    about: {
      th: 'เจ้าหน้าที่ที่ไม่ได้ตัดสินครั้งแรกจะพิจารณา เขียนว่าผลข้อใดไม่ถูกต้องและเพราะเหตุใด',
      en: 'It is decided by somebody other than the first officer. Write what is wrong with the decision, and why.',
    },
    label: { th: 'ข้อโต้แย้งของคุณ', en: 'Your grounds' },
    button: { th: 'ยื่นอุทธรณ์', en: 'Hand in the appeal' },
    missing: { th: 'เขียนข้อโต้แย้งของคุณ', en: 'Write your grounds' },
    kind: 'main',
  },
}

/** The page on which the person withdraws or appeals, who may act; with what was wrong where they did so before. */
export async function wordsPage(
  options: TrackingOptions,
  request: TrackingRequest,
  doing: Saying,
  error?: Text,
): Promise<SiteAnswer> {
  const { language } = request
  const opened = await actingCase(options, request)
  if (opened === undefined) return toCase(request)
  const { found } = opened
  const at = `/me/applications/${found.id}`
  const title = trackingWords[doing][language]
  const said = words[doing]
  // Until when something else is awaited says nothing of withdrawing.
  const till = doing === 'appeal' ? found.appealUntil : undefined
  return {
    kind: 'page',
    ...(error === undefined ? {} : { status: 422 }),
    title,
    body: h(
      'div',
      { class: 'column' },
      backLink(at, language, trackingWords.back[language]),
      error === undefined ? null : errorSummary([{ field: 'text', text: error[language] }], language),
      h('h1', null, title),
      h('p', { class: 'lead' }, found.title[language], h('br', null), found.number),
      h('p', null, said.about[language]),
      till === undefined
        ? null
        : h('p', null, `${trackingWords.appealTill[language]} ${plainTime(till, language)}`),
      wordsForm(request, found, doing, error),
    ),
  }
}

function wordsForm(
  { language, formKey, form: sent }: TrackingRequest,
  found: Case,
  doing: Saying,
  error: Text | undefined,
): ComponentChild {
  const said = words[doing]
  return form(
    { action: `/me/applications/${found.id}/${doing}`, formKey },
    h('input', { type: 'hidden', name: 'version', value: String(found.caseVersion) }),
    textArea({
      name: 'text',
      label: said.label[language],
      longest: longestSaying,
      value: sent.get('text') ?? undefined,
      ...(error === undefined ? {} : { error: error[language] }),
    }),
    buttonGroup(button({ text: said.button[language], kind: said.kind })),
  )
}

/** Does what the page asked for. Throws `case-changed`, `case-transition-not-allowed`, `case-appeal-too-late`. */
export async function takeWords(
  options: TrackingOptions,
  request: TrackingRequest,
  doing: Saying,
): Promise<SiteAnswer> {
  const opened = await actingCase(options, request)
  if (opened === undefined) return toCase(request)
  const { person, found } = opened
  const read = readSaying(request.form.get('text') ?? '')
  if (read.kind === 'wrong') return await wordsPage(options, request, doing, read.text)
  const text = read.kind === 'text' ? read.text : ''
  if (text === '' && needsWords[doing]) return await wordsPage(options, request, doing, words[doing].missing)
  const caseVersion = Number(request.form.get('version') ?? found.caseVersion)
  await say(options.ground, doing, { person, found: { id: found.id, caseVersion }, text })
  return { kind: 'redirect', to: `/me/applications/${found.id}` }
}
