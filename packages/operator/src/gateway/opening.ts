import type { ExchangeView, OpenedExchange, OpenedRecord } from '@sapan/exchange'
import { Problem, type Text } from '@sapan/kernel'
import {
  details,
  type FieldProblem,
  inset,
  notification,
  type SiteAnswer,
  type SitePage,
  summaryList,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { code, command, timeOf } from '../parts/figures.ts'
import { operatorPage } from '../parts/page.ts'
import { taskForm } from '../parts/task-form.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import { addressOfExchange, exchangeWords, sideIn } from './exchange.ts'
import { reasonField, reasonIn, reasonMissing, reasonWords } from './reason-field.ts'

export const openingWords = {
  title: { th: 'เปิดเนื้อความ', en: 'Open what was said' },
  lead: {
    th: 'เนื้อความอาจมีข้อมูลของบุคคล เปิดเฉพาะเมื่อจำเป็นต่องานของคุณ',
    en: 'It may hold people’s data. Open it only where your work needs it.',
  },
  told: {
    th: 'ชื่อของคุณ เวลา และเหตุผล จะอยู่ในล็อกที่แก้ไขไม่ได้ เจ้าของข้อมูลเห็นเวลาและเหตุผลในหน้า “ใครดูข้อมูลของฉัน”',
    en: 'Your name, the time and the reason go into the log, which nobody can change. The people whom it concerns see time and reason under “Who looked at my data”.',
  },
  exchange: { th: 'การแลกเปลี่ยน', en: 'Exchange' },
  opened: { th: 'เปิดเนื้อความแล้ว', en: 'What was said is open' },
  kept: {
    th: 'การเปิดครั้งนี้อยู่ในล็อกแล้ว หน้านี้ไม่ถูกเก็บไว้ ปิดเมื่ออ่านเสร็จ',
    en: 'That you opened it stands in the log. This page is kept nowhere: close it when you have read it.',
  },
  request: { th: 'คำขอ', en: 'Request' },
  answer: { th: 'คำตอบ', en: 'Answer' },
  failure: { th: 'ความล้มเหลว', en: 'Failure' },
  target: { th: 'เส้นทาง', en: 'Target' },
  status: { th: 'สถานะ', en: 'Status' },
  headers: { th: 'ส่วนหัว', en: 'Headers' },
  body: { th: 'เนื้อความ', en: 'Body' },
  empty: { th: 'ไม่มี', en: 'none' },
  digest: { th: 'เก็บเฉพาะค่าแฮช', en: 'its digest only is kept' },
  base64: { th: 'ไม่ใช่ข้อความ แสดงเป็น base64', en: 'not text: shown as base64' },
} as const satisfies Record<string, Text>

/** What was said in an exchange, for who gives a reason. */
export function openingRoutes(): OperatorRoute[] {
  const path = '/operator/exchanges/:exchange/opening'
  return [
    { method: 'GET', path, needs: 'open', handle: (request) => formPage(request, []) },
    { method: 'POST', path, needs: 'open', handle: open },
  ]
}

/** Where it is asked for. */
export function addressOfOpening(view: Pick<ExchangeView, 'exchange' | 'member' | 'side'>): string {
  return addressOfExchange(view).replace('?', '/opening?')
}

async function formPage(request: OperatorRequest, problems: readonly FieldProblem[]): Promise<SitePage> {
  const { parameters, query, form: sent, language } = request
  const path = `/v1/evidence/${encodeURIComponent(parameters.exchange ?? '')}`
  const view = await operatorOf(request).door.get<ExchangeView>(path, sideIn(query))
  const above = { path: addressOfExchange(view), text: exchangeWords.title }
  const before = [
    summaryList([
      { key: openingWords.exchange[language], value: code(view.exchange) },
      { key: exchangeWords.at[language], value: timeOf(view.at, language) },
      { key: exchangeWords.client[language], value: code(view.client) },
      { key: exchangeWords.service[language], value: code(view.service) },
    ]),
    inset(h('p', null, openingWords.told[language])),
  ]
  const { title, lead } = openingWords
  return taskForm(
    request,
    { title, lead, above, action: addressOfOpening(view), problems, before },
    reasonField(sent, problems, language),
  )
}

async function open(request: OperatorRequest): Promise<SiteAnswer> {
  const { parameters, query, form: sent, language } = request
  const reason = reasonIn(sent)
  const refused = reasonMissing(language)
  if (reason === undefined) return formPage(request, refused)
  const path = `/v1/evidence/${encodeURIComponent(parameters.exchange ?? '')}/opening`
  try {
    const order = { reason, ...sideIn(query) }
    return openedPage(request, await operatorOf(request).door.post<OpenedExchange>(path, order))
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'request-invalid') throw error
    return formPage(request, refused)
  }
}

function openedPage(request: OperatorRequest, opened: OpenedExchange): SitePage {
  const { language } = request
  return operatorPage(
    request,
    {
      title: openingWords.opened[language],
      above: { path: addressOfExchange(opened), text: exchangeWords.title },
    },
    notification({ kind: 'info', title: openingWords.kept[language] }),
    summaryList([
      { key: openingWords.exchange[language], value: code(opened.exchange) },
      { key: reasonWords.reason[language], value: h('bdi', null, opened.reason) },
    ]),
    opened.records.map((record) => recordPart(record, request)),
  )
}

function recordPart({ kind, head, body }: OpenedRecord, { language }: OperatorRequest): ComponentChild {
  const text = body !== null && 'text' in body ? inLines(body.text) : body?.base64
  const first =
    head === null
      ? []
      : head.kind === 'request'
        ? [
            {
              key: openingWords.target[language],
              value: code(`${head.method} ${head.path}${head.query === '?' ? '' : head.query}`),
            },
          ]
        : [{ key: openingWords.status[language], value: String(head.status) }]
  return [
    h('h2', null, openingWords[kind][language]),
    first.length > 0 && summaryList(first),
    h('h3', null, openingWords.body[language]),
    text === '' || text === undefined
      ? h('p', null, openingWords[text === '' ? 'empty' : 'digest'][language])
      : command(text),
    body && 'base64' in body && h('p', { class: 'quiet' }, openingWords.base64[language]),
    head &&
      details(
        { summary: openingWords.headers[language] },
        summaryList(head.fields.map(([name, value]) => ({ key: name, value: code(value) }))),
      ),
  ]
}

/** JSON is set in lines; anything else stays as it came. */
function inLines(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
