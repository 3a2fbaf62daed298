import type { Case } from '@sapan/casework'
import { Problem, type Text } from '@sapan/kernel'
import {
  type ButtonKind,
  backLink,
  button,
  buttonGroup,
  checkbox,
  errorSummary,
  form,
  inset,
  plainTime,
  type SiteAnswer,
  textArea,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { preparedWords } from '../submission/act-in-case.ts'
import { submitterOf } from '../submission/who.ts'
import { actingCase, toCase } from './case-page.ts'
import type { TrackingOptions, TrackingRequest } from './options.ts'
import { longestSaying, needsWords, readSaying, type Saying, say } from './say.ts'
import { waitsForOthers } from './waits-for-others.ts'
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

const jointWords = {
  prepared: {
    th: 'ข้อความนี้เตรียมไว้ให้ผู้มีอำนาจยืนยันร่วมกัน เมื่อครบแล้วกดส่งโดยไม่แก้ หากแก้ ทุกคนต้องยืนยันใหม่',
    en: 'These words wait for all who have to confirm them. Once they have, send them as they are; if they are changed, all confirm anew.',
  },
  seal: { th: 'ประทับตราสำคัญของบริษัทกับเรื่องนี้', en: 'The company’s seal is put to this' },
  sealMissing: {
    th: 'ทะเบียนกำหนดให้ประทับตราของบริษัทด้วย',
    en: 'The register wants the company’s seal put to it.',
  },
} as const satisfies Record<string, Text>

interface FieldError {
  readonly field: 'text' | 'seal'
  readonly text: Text
}

/** The page on which the person withdraws or appeals, who may act; with what was wrong where they did so before. */
export async function wordsPage(
  options: TrackingOptions,
  request: TrackingRequest,
  doing: Saying,
  error?: FieldError,
): Promise<SiteAnswer> {
  const { language } = request
  const opened = await actingCase(options, request)
  if (opened === undefined) return toCase(request)
  const { found } = opened
  const prepared = await preparedWords(options.ground, submitterOf(request.who), found, doing)
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
      error === undefined
        ? null
        : errorSummary([{ field: error.field, text: error.text[language] }], language),
      h('h1', null, title),
      h('p', { class: 'lead' }, found.title[language], h('br', null), found.number),
      h('p', null, said.about[language]),
      till === undefined
        ? null
        : h('p', null, `${trackingWords.appealTill[language]} ${plainTime(till, language)}`),
      prepared === undefined ? null : inset(h('p', null, jointWords.prepared[language])),
      wordsForm(request, found, doing, { error, prepared }),
    ),
  }
}

function wordsForm(
  { language, formKey, form: sent }: TrackingRequest,
  found: Case,
  doing: Saying,
  { error, prepared }: { readonly error: FieldError | undefined; readonly prepared: string | undefined },
): ComponentChild {
  const said = words[doing]
  const errorOf = (field: FieldError['field']) =>
    error?.field === field ? { error: error.text[language] } : {}
  return form(
    { action: `/me/applications/${found.id}/${doing}`, formKey },
    h('input', { type: 'hidden', name: 'version', value: String(found.caseVersion) }),
    textArea({
      name: 'text',
      label: said.label[language],
      longest: longestSaying,
      value: sent.get('text') ?? prepared,
      ...errorOf('text'),
    }),
    error?.field === 'seal' || sent.has('seal')
      ? checkbox({
          name: 'seal',
          label: jointWords.seal[language],
          isChecked: sent.has('seal'),
          ...errorOf('seal'),
        })
      : null,
    buttonGroup(button({ text: said.button[language], kind: said.kind })),
  )
}

/**
 * Does what the page asked for; what several must do together waits for the others. Throws `case-changed`,
 * `case-transition-not-allowed`, `case-appeal-too-late`, `mandate-register-silent`.
 */
export async function takeWords(
  options: TrackingOptions,
  request: TrackingRequest,
  doing: Saying,
): Promise<SiteAnswer> {
  const opened = await actingCase(options, request)
  if (opened === undefined) return toCase(request)
  const { person, found } = opened
  const { form, who } = request
  const wrong = (text: Text) => wordsPage(options, request, doing, { field: 'text', text })
  const read = readSaying(form.get('text') ?? '')
  if (read.kind === 'wrong') return await wrong(read.text)
  const text = read.kind === 'text' ? read.text : ''
  if (text === '' && needsWords[doing]) return await wrong(words[doing].missing ?? words[doing].label)
  const version = Number(form.get('version') ?? found.caseVersion)
  try {
    await say(options.ground, doing, {
      ...{ person, found, version, text },
      who: submitterOf(who, form.get('seal') !== null),
    })
    return { kind: 'redirect', to: `/me/applications/${found.id}` }
  } catch (error) {
    return await notYet(options, request, { doing, found, error })
  }
}

interface NotYet {
  readonly doing: Saying
  readonly found: Case
  readonly error: unknown
}

/** What the mandate still wants: a proof, the seal, or the others. Throws all else. */
async function notYet(
  options: TrackingOptions,
  request: TrackingRequest,
  { doing, found, error }: NotYet,
): Promise<SiteAnswer> {
  if (!(error instanceof Problem)) throw error
  const at = `/me/applications/${found.id}/${doing}`
  const { page } = error.extensions
  if (error.code === 'mandate-proof-stale') return { kind: 'redirect', to: `${at}/proved`, withForm: true }
  if (error.code === 'mandate-seal-needed')
    return await wordsPage(options, request, doing, { field: 'seal', text: jointWords.sealMissing })
  if (error.code !== 'application-joint' || typeof page !== 'string') throw error
  return waitsForOthers(request, found.title[request.language], { joint: page, back: at })
}
