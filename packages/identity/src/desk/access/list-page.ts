import type { Officer, TaskSummary } from '@sapan/casework'
import { type Language, Problem } from '@sapan/kernel'
import { emptyState, plainTime, type SiteAnswer, tag } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { officerProblems } from '../../problems/officers.ts'
import { unusualKind } from '../../usage/unusual/watch.ts'
import { questionDuty } from '../../usage/usage.ts'
import { type AccessPagesOptions, type AccessRequest, accessPath } from './options.ts'
import { words } from './words.ts'

/** Only with this duty, whatever else they do. Throws `officer-duty-missing` for who is no officer. */
export function accessOfficer({ who }: AccessRequest): Officer {
  const { account, officer } = who
  if (!officer?.duties.includes(questionDuty)) throw new Problem(officerProblems['officer-duty-missing'])
  return { account, agency: officer.agency, duties: [questionDuty] }
}

/** `/desk/access`: what waits for a decision, then what was decided. */
export async function listPage(
  { casework }: AccessPagesOptions,
  request: AccessRequest,
): Promise<SiteAnswer> {
  const { language } = request
  const officer = accessOfficer(request)
  const ask = async (show: 'waiting' | 'done') =>
    (await casework.list(officer, { show, sort: 'opened', descending: true, limit: 50, kind: unusualKind }))
      .tasks
  const [waiting, done] = await Promise.all([ask('waiting'), ask('done')])
  return {
    kind: 'page',
    title: words.title[language],
    body: h(
      'div',
      { class: 'column' },
      h('h1', null, words.title[language]),
      h('p', { class: 'lead' }, words.lead[language]),
      waiting.length === 0
        ? emptyState(words.none[language], h('p', null, words.noneNext[language]))
        : entries(waiting, language),
      done.length === 0 ? null : [h('h2', null, words.done[language]), entries(done, language)],
    ),
  }
}

function entries(tasks: readonly TaskSummary[], language: Language): ComponentChild {
  const entry = ({ id, title, openedAt, overdueAt }: TaskSummary) =>
    h(
      'li',
      null,
      h('a', { href: `${accessPath}/${id}` }, `${title[language]}, ${plainTime(openedAt, language)}`),
      overdueAt === undefined ? null : [' ', tag('!', 'danger')],
    )
  return h('ul', null, tasks.map(entry))
}
