import type { OpenedMessage } from '@sapan/exchange'
import { Problem, type Text } from '@sapan/kernel'
import {
  button,
  type FieldProblem,
  form,
  inset,
  notification,
  type SiteAnswer,
  type SitePage,
  summaryList,
  textArea,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { code, command, timeOf } from '../parts/figures.ts'
import { operatorPage } from '../parts/page.ts'
import { taskForm } from '../parts/task-form.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import type { MessageRow } from './answers.ts'
import { messageLists } from './message-tabs.ts'
import { openingWords } from './opening.ts'
import { reasonField, reasonIn, reasonMissing, reasonWords } from './reason-field.ts'

const words = {
  message: { th: 'ข้อความ', en: 'Message' },
  queued: { th: 'รับไว้เมื่อ', en: 'Taken at' },
  client: { th: 'ผู้ส่ง', en: 'Sender' },
  service: { th: 'คิว', en: 'Queue' },
  problem: { th: 'เหตุที่ส่งไม่สำเร็จ', en: 'Why it was not delivered' },
  type: { th: 'ชนิดเนื้อหา', en: 'Content type' },
  mend: { th: 'แก้แล้วส่งใหม่', en: 'Mend it and send it again' },
  mended: { th: 'เนื้อความที่จะส่ง', en: 'What is sent' },
  mendedHint: {
    th: 'ข้อความเดิมจะถูกแทนด้วยข้อความใหม่ซึ่งมีเลขใหม่ และหลักฐานของทั้งสองยังอยู่',
    en: 'A new message with a number of its own takes the place of this one. The evidence of both stays.',
  },
  send: { th: 'ส่งใหม่', en: 'Send again' },
  byCommand: {
    th: 'เนื้อความนี้แก้ในหน้านี้ไม่ได้ เพราะยาวหรือไม่ใช่ข้อความ ให้แก้ในแฟ้ม แล้วส่งด้วย',
    en: 'This cannot be mended here, since it is long or not text. Mend it in a file, and send that by',
  },
} as const satisfies Record<string, Text>

/** A form holds 128 KiB as it is sent; the rest is room for its other fields. */
const mostInForm = 100 * 1024

/** What a dead letter says, for who gives a reason; and the form by which it is mended. */
export function deadLetterRoutes(): OperatorRoute[] {
  const path = '/operator/messages/:number/opening'
  return [
    { method: 'GET', path, needs: 'open', handle: (request) => formPage(request, []) },
    { method: 'POST', path, needs: 'open', handle: open },
  ]
}

async function formPage(request: OperatorRequest, problems: readonly FieldProblem[]): Promise<SitePage> {
  const { language, form: sent } = request
  const message = await operatorOf(request).door.get<MessageRow>(pathOf(request))
  const { title, lead, told } = openingWords
  return taskForm(
    request,
    {
      title,
      lead,
      above: { path: messageLists.dead.path, text: messageLists.dead.text },
      action: `/operator/messages/${message.number}/opening`,
      problems,
      before: [
        summaryList([
          { key: words.message[language], value: code(message.message) },
          { key: words.queued[language], value: timeOf(message.queuedAt ?? message.expiresAt, language) },
          { key: words.client[language], value: code(message.client) },
          { key: words.service[language], value: [code(message.service), ' ', code(message.operation)] },
          ...(message.problem === undefined
            ? []
            : [{ key: words.problem[language], value: code(message.problem) }]),
        ]),
        inset(h('p', null, told[language])),
      ],
    },
    reasonField(sent, problems, language),
  )
}

async function open(request: OperatorRequest): Promise<SiteAnswer> {
  const refused = reasonMissing(request.language)
  const reason = reasonIn(request.form)
  if (reason === undefined) return formPage(request, refused)
  try {
    const path = `${pathOf(request)}/opening`
    return openedPage(request, await operatorOf(request).door.post<OpenedMessage>(path, { reason }))
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'request-invalid') throw error
    return formPage(request, refused)
  }
}

function openedPage(request: OperatorRequest, opened: OpenedMessage): SitePage {
  const { language } = request
  return operatorPage(
    request,
    {
      title: openingWords.opened[language],
      above: { path: messageLists.dead.path, text: messageLists.dead.text },
    },
    notification({ kind: 'info', title: openingWords.kept[language] }),
    summaryList([
      { key: words.message[language], value: code(opened.message) },
      { key: openingWords.exchange[language], value: code(opened.exchange) },
      { key: reasonWords.reason[language], value: h('bdi', null, opened.reason) },
      ...(opened.contentType === null
        ? []
        : [{ key: words.type[language], value: code(opened.contentType) }]),
    ]),
    bodyPart(request, opened),
  )
}

/** What it says: in a form for who may mend it, else only to be read. */
function bodyPart(request: OperatorRequest, { number, body }: OpenedMessage): ComponentChild {
  const { language, formKey } = request
  const text = 'text' in body ? body.text : undefined
  const { mayChange } = operatorOf(request)
  if (mayChange && text !== undefined && encodeURIComponent(text).length <= mostInForm)
    return [
      h('h2', null, words.mend[language]),
      form(
        { action: `/operator/messages/${number}/resend`, formKey },
        textArea({
          name: 'body',
          label: words.mended[language],
          hint: words.mendedHint[language],
          value: text,
          rows: Math.min(24, Math.max(8, text.split('\n').length + 1)),
        }),
        button({ text: words.send[language] }),
      ),
    ]
  return [
    h('h2', null, openingWords.body[language]),
    command(text ?? ('base64' in body ? body.base64 : '')),
    text === undefined && h('p', { class: 'quiet' }, openingWords.base64[language]),
    mayChange && [
      h('p', null, words.byCommand[language]),
      command(`sapan message resend ${number} --body FILE`),
    ],
  ]
}

function pathOf({ parameters }: OperatorRequest): string {
  return `/v1/messages/${encodeURIComponent(parameters.number ?? '')}`
}
