import { Problem, type Text } from '@sapan/kernel'
import {
  button,
  emptyState,
  errorSummary,
  form,
  notification,
  type SiteAnswer,
  type SitePage,
  type SiteRequest,
  type SiteRoute,
  textField,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { paymentsProblems } from '../problems.ts'
import type { PaymentDeskOptions } from './options.ts'
import type { Deed } from './settle-form.ts'
import { differenceTable, paymentTable, refundTable, refusedTable, strayTable, sumsTable } from './tables.ts'
import { words } from './words.ts'

/** `/desk/payments`: the agency's day beside the bank's, and what waits for a decision. For the desk. */
export function paymentDeskRoutes<Who, Need>(options: PaymentDeskOptions<Who, Need>): SiteRoute<Who, Need>[] {
  const { needs } = options
  return [
    { method: 'GET', path: '/desk/payments', needs, handle: (request) => deskPage(options, request) },
    { method: 'POST', path: '/desk/payments/compare', needs, handle: (request) => compare(options, request) },
    { method: 'POST', path: '/desk/payments/settle', needs, handle: (request) => settle(options, request) },
  ]
}

/** `2026-11-22`; today by default. Throws `payments-day-unreadable`. */
function dayIn<Who, Need>({ clock, dateOf }: PaymentDeskOptions<Who, Need>, sent: URLSearchParams): string {
  const day = sent.get('day') ?? dateOf(clock())
  const time = /^(19|20)\d\d-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(day)) {
    throw new Problem(paymentsProblems['payments-day-unreadable'])
  }
  return day
}

async function deskPage<Who, Need>(
  options: PaymentDeskOptions<Who, Need>,
  request: SiteRequest<Who>,
  missing?: string,
): Promise<SitePage> {
  const { payments, officerOf } = options
  const { language, formKey, query, form: sent } = request
  const day = dayIn(options, missing === undefined ? query : sent)
  const desk = await payments.deskDay(officerOf(request.who), day)
  const title = words.title[language]
  const part = (heading: Text, body: ComponentChild) =>
    h('section', null, h('h2', null, heading[language]), body)
  const why = paymentsProblems['settlement-reason-missing'].next[language]
  return {
    kind: 'page',
    title,
    ...(missing !== undefined && { status: 422 }),
    body: [
      missing === undefined ? null : errorSummary([{ field: `why-${missing}`, text: why }], language),
      doneNote(query, language),
      h('h1', null, title),
      h(
        'form',
        { method: 'get', action: '/desk/payments', class: 'form' },
        textField({
          name: 'day',
          label: words.day[language],
          value: day,
          width: 10,
          hint: words.dayHint[language],
        }),
        button({ text: words.show[language], kind: 'secondary' }),
      ),
      form(
        { action: '/desk/payments/compare', formKey },
        h('input', { type: 'hidden', name: 'day', value: day }),
        button({ text: words.compare[language] }),
      ),
      part(
        words.sums,
        desk.compared === undefined
          ? emptyState(words.notYet[language], h('p', null, words.notYetNext[language]))
          : sumsTable(desk, request),
      ),
      part(words.differences, differenceTable(desk, request)),
      part(words.payments, paymentTable(desk, request)),
      part(words.stray, strayTable(desk, request)),
      part(words.refunds, refundTable(desk, request)),
      part(words.refused, refusedTable(desk, request)),
    ],
  }
}

function doneNote(query: URLSearchParams, language: 'th' | 'en'): ComponentChild {
  const text = query.has('compared') ? words.compared : query.has('done') ? words.done : undefined
  return text && notification({ kind: 'success', title: text[language], isNew: true })
}

async function compare<Who, Need>(
  options: PaymentDeskOptions<Who, Need>,
  { who, form: sent }: SiteRequest<Who>,
): Promise<SiteAnswer> {
  const day = dayIn(options, sent)
  await options.payments.reconcile(options.officerOf(who).agency, day)
  return { kind: 'redirect', to: `/desk/payments?day=${day}&compared` }
}

/** The reason is missing: the page comes again and says where. */
async function settle<Who, Need>(
  options: PaymentDeskOptions<Who, Need>,
  request: SiteRequest<Who>,
): Promise<SiteAnswer> {
  const { form: sent, who } = request
  const day = dayIn(options, sent)
  const [subject, what] = [sent.get('subject') ?? '', sent.get('what') ?? '']
  const deed = deedsOf(options).get(what)
  if (deed === undefined) throw new Problem(paymentsProblems['settlement-not-found'])
  try {
    await deed(options.officerOf(who), subject, sent.get(`why-${subject}`) ?? '')
  } catch (error) {
    const isMissing = error instanceof Problem && error.code === 'settlement-reason-missing'
    if (isMissing) return await deskPage(options, request, subject)
    throw error
  }
  return { kind: 'redirect', to: `/desk/payments?day=${day}&done` }
}

type Doing = PaymentDeskOptions<unknown, unknown>['payments']['noteMoney']

function deedsOf({
  payments,
}: Pick<PaymentDeskOptions<never, never>, 'payments'>): ReadonlyMap<string, Doing> {
  const deeds: Readonly<Record<Deed['what'], Doing>> = {
    'note-difference': payments.noteDifference,
    book: payments.bookDifference,
    note: payments.noteMoney,
    return: payments.returnMoney,
    accept: payments.acceptLate,
    'give-back': payments.giveBack,
    again: payments.sendAgain,
  }
  return new Map(Object.entries(deeds))
}
