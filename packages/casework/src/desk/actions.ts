import { Problem } from '@sapan/kernel'
import type { SiteAnswer, SiteRedirect, SiteRequest, SiteRoute } from '@sapan/ui'
import type { TaskSeen } from '../officers/actions.ts'
import type { Officer } from '../task/task.ts'
import type { TaskPagesOptions } from './options.ts'
import { ownPage } from './own-page.ts'
import { taskPage } from './task-page.ts'

type Deed = (officer: Officer, seen: TaskSeen, form: URLSearchParams) => Promise<unknown>

/** One address for each action, and one that takes the most urgent task. */
export function actionRoutes<Who, Need>(options: TaskPagesOptions<Who, Need>): SiteRoute<Who, Need>[] {
  const { casework, needs } = options
  const text = (form: URLSearchParams, name: string) => form.get(name) ?? ''
  const deeds: Readonly<Record<string, Deed>> = {
    take: (officer, seen) => casework.take(officer, seen),
    assign: (officer, seen, form) => casework.assign(officer, seen, text(form, 'to')),
    release: (officer, seen) => casework.release(officer, seen),
    note: (officer, seen, form) => casework.note(officer, seen, text(form, 'note')),
    answer: (officer, seen, form) =>
      casework.answer(officer, seen, { text: text(form, 'answer'), reasons: text(form, 'reasons') }),
    close: (officer, seen, form) => casework.close(officer, seen, text(form, 'closing')),
    reopen: (officer, seen, form) => casework.reopen(officer, seen, text(form, 'reopening')),
  }
  return [
    { method: 'POST', path: '/desk/tasks/next', needs, handle: (request) => takeNext(options, request) },
    ...Object.entries(deeds).map(
      ([action, deed]): SiteRoute<Who, Need> => ({
        method: 'POST',
        path: `/desk/tasks/:task/${action}`,
        needs,
        handle: (request) => act(options, request, deed),
      }),
    ),
  ]
}

async function act<Who, Need>(
  options: TaskPagesOptions<Who, Need>,
  request: SiteRequest<Who>,
  deed: Deed,
): Promise<SiteAnswer> {
  const { form, parameters } = request
  const task = parameters.task ?? ''
  const own = await ownPage(options, request)
  if (own !== undefined) return { kind: 'redirect', to: own }
  try {
    await deed(options.officerOf(request.who), { task, version: versionIn(form) }, form)
  } catch (error) {
    if (error instanceof Problem) return await again(options, request, error)
    throw error
  }
  return { kind: 'redirect', to: `/desk/tasks/${task}?done` }
}

/** A form without its version is as one that is out of date. */
function versionIn(form: URLSearchParams): number {
  const text = form.get('version') ?? ''
  return /^\d{1,9}$/.test(text) ? Number(text) : 0
}

/** The page as it stands now, with what was typed; other problems have pages of their own. */
async function again<Who, Need>(
  options: TaskPagesOptions<Who, Need>,
  request: SiteRequest<Who>,
  problem: Problem,
): Promise<SiteAnswer> {
  const { form, language } = request
  const { status, title, next } = problem.type
  if (problem.code === 'task-words-missing') {
    const action = request.path.slice(request.path.lastIndexOf('/') + 1)
    const missing = (written[action] ?? []).filter((name) => isUnfit(form.get(name) ?? ''))
    const problems = missing.map((field) => ({ field, text: next[language] }))
    return await taskPage(options, request, { status, form, problems })
  }
  if (problem.code !== 'task-changed') throw problem
  const notice = { title: title[language], text: next[language] }
  return await taskPage(options, request, { status, form, problems: [], notice })
}

/** What people write, by the action that needs it. */
const written: Readonly<Record<string, readonly string[]>> = {
  answer: ['answer', 'reasons'],
  note: ['note'],
  close: ['closing'],
  reopen: ['reopening'],
}

function isUnfit(text: string): boolean {
  return text.trim() === '' || text.trim().length > 10_000
}

/** Somebody else may take the same one meanwhile: then the next is tried. */
async function takeNext<Who, Need>(
  { casework, officerOf, names }: TaskPagesOptions<Who, Need>,
  { who }: SiteRequest<Who>,
): Promise<SiteRedirect> {
  const officer = officerOf(who)
  const query = { show: 'open', sort: 'due', descending: false, limit: 10 } as const
  const { tasks } = await casework.list(officer, query)
  const common = tasks.filter(({ kind }) => names.kinds[kind]?.page === undefined)
  for (const { id, version } of common) {
    try {
      await casework.take(officer, { task: id, version })
      return { kind: 'redirect', to: `/desk/tasks/${id}?done` }
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'task-changed') throw error
    }
  }
  return { kind: 'redirect', to: '/desk/tasks?show=open' }
}
