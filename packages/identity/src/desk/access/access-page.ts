import type { Task } from '@sapan/casework'
import { type Language, Problem } from '@sapan/kernel'
import {
  button,
  errorSummary,
  form,
  plainTime,
  radios,
  type SiteAnswer,
  type SummaryRow,
  summaryList,
  textArea,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { fieldWords, orCode, type PlainWords } from '../../consents/plain-words.ts'
import { accessProblems } from '../../problems/access.ts'
import { unusualKind } from '../../usage/unusual/watch.ts'
import { memberOf } from '../../usage/usage.ts'
import { accessOfficer } from './list-page.ts'
import { type AccessPagesOptions, type AccessRequest, accessPath } from './options.ts'
import { ruleWords, words } from './words.ts'

type Detail = Readonly<Record<string, unknown>>

/** `/desk/access/:task`: who looked at what, why it is out of the usual, and the decision. */
export async function accessPage(
  options: AccessPagesOptions,
  request: AccessRequest,
  isWrong = false,
): Promise<SiteAnswer> {
  const { language } = request
  const task = await unusualTask(options, request)
  const error = isWrong ? words.missing[language] : undefined
  const isOpen = task.state === 'open' || task.state === 'taken'
  return {
    kind: 'page',
    status: isWrong ? 422 : 200,
    title: words.one[language],
    body: h(
      'div',
      { class: 'column' },
      errorSummary(error === undefined ? [] : [{ field: 'reasons', text: error }], language),
      h('h1', null, words.one[language]),
      summaryList(rowsOf(detailOf(task), options.words, language)),
      isOpen ? decisionForm(request, task, error) : await outcome(options, request),
      h('p', null, h('a', { href: `/desk/tasks/${task.id}` }, words.task[language])),
      h('p', null, h('a', { href: accessPath }, words.back[language])),
    ),
  }
}

/** Another agency's, or another kind of task, is not told from none. */
async function unusualTask({ casework }: AccessPagesOptions, request: AccessRequest): Promise<Task> {
  const officer = accessOfficer(request)
  const task = await casework.find(officer, request.parameters.task ?? '')
  return task.kind === unusualKind ? task : await casework.find(officer, '')
}

function detailOf({ detail }: Task): Detail {
  return typeof detail === 'object' && detail !== null ? { ...detail } : {}
}

function rowsOf(detail: Detail, plain: PlainWords, language: Language): SummaryRow[] {
  const text = (name: string) => (typeof detail[name] === 'string' ? detail[name] : '')
  const list = (name: string) => (Array.isArray(detail[name]) ? detail[name].map(String) : [])
  const title = detail.title as { th?: string; en?: string } | undefined
  const service = text('service')
  const code = (value: string) => h('code', null, value)
  return [
    {
      key: words.why[language],
      value: bullets(list('rules').map((rule) => orCode(ruleWords[rule], rule)[language])),
    },
    { key: words.role[language], value: title?.[language] || words.noRole[language] },
    { key: words.officer[language], value: code(text('officer')) },
    { key: words.duty[language], value: text('duty') },
    { key: words.at[language], value: plainTime(Number(detail.at), language) },
    { key: words.calls[language], value: String(Number(detail.calls)) },
    { key: words.client[language], value: named(plain, text('client'), language) },
    { key: words.member[language], value: named(plain, text('member'), language) },
    { key: words.service[language], value: orCode(plain.service(service), service)[language] },
    {
      key: words.purpose[language],
      value: orCode(plain.purpose(text('purpose'))?.name, text('purpose'))[language],
    },
    { key: words.case[language], value: h('bdi', null, text('case') || words.noCase[language]) },
    {
      key: words.fields[language],
      value: bullets(list('fields').map((field) => fieldWords(plain, service, field)[language])),
    },
    { key: words.exchange[language], value: code(text('exchange')) },
  ]
}

function named(plain: PlainWords, id: string, language: Language): ComponentChild {
  const member = memberOf(id)
  return [orCode(plain.member(member), member)[language], ' ', h('code', null, id)]
}

const bullets = (entries: readonly string[]): ComponentChild =>
  h(
    'ul',
    null,
    [...new Set(entries)].map((entry) => h('li', null, entry)),
  )

function decisionForm(
  { language, formKey, form: sent }: AccessRequest,
  { id, version }: Task,
  error: string | undefined,
): ComponentChild {
  return form(
    { action: `${accessPath}/${id}`, formKey },
    h('input', { type: 'hidden', name: 'version', value: String(version) }),
    radios({
      name: 'decision',
      label: words.decide[language],
      value: sent.get('decision') ?? undefined,
      choices: [
        { value: 'in-order', text: words['in-order'][language] },
        { value: 'misuse', text: words.misuse[language], hint: words.misuseHint[language] },
      ],
    }),
    textArea({
      name: 'reasons',
      label: words.reasons[language],
      hint: words.reasonsHint[language],
      value: sent.get('reasons') ?? '',
      longest: 4000,
      ...(error === undefined ? {} : { error }),
    }),
    button({ text: words.save[language] }),
  )
}

async function outcome({ casework }: AccessPagesOptions, request: AccessRequest): Promise<ComponentChild> {
  const { language, parameters } = request
  const events = await casework.eventsOf(accessOfficer(request), parameters.task ?? '')
  const said = events.findLast(({ action }) => action === 'answer')?.words
  if (said === undefined) return null
  return summaryList([
    { key: words.decide[language], value: h('bdi', null, said.text) },
    {
      key: words.reasons[language],
      value: h('span', { class: 'as-written', dir: 'auto' }, said.reasons ?? ''),
    },
  ])
}

/** Decides: takes the task where nobody has it, and answers it. Throws `access-about-oneself`, `task-changed`. */
export async function decided(options: AccessPagesOptions, request: AccessRequest): Promise<SiteAnswer> {
  const { form: sent, who } = request
  const officer = accessOfficer(request)
  const task = await unusualTask(options, request)
  refuseOwn(options, task, who.account)
  const decision = (['in-order', 'misuse'] as const).find((one) => one === sent.get('decision'))
  const reasons = (sent.get('reasons') ?? '').trim()
  if (decision === undefined || reasons === '') return await accessPage(options, request, true)
  const seen = { task: task.id, version: Number(sent.get('version')) }
  const mine = task.state === 'open' ? await options.casework.take(officer, seen) : seen
  const { th, en } = words[decision]
  const answer = { text: `${th} / ${en}`, reasons }
  await options.casework.answer(officer, { task: task.id, version: mine.version }, answer)
  return { kind: 'redirect', to: `${accessPath}/${task.id}` }
}

/** The officer is known to their agency only by a name of its own, which the house can read. */
function refuseOwn({ subjects }: AccessPagesOptions, task: Task, account: string): void {
  const { client, officer } = detailOf(task)
  const whose = subjects.accountOf(memberOf(String(client)), String(officer))
  if (whose === account) throw new Problem(accessProblems['access-about-oneself'])
}
