import type { SiteAnswer, SiteRequest, SiteRoute } from '@sapan/ui'
import { actionRoutes } from './actions.ts'
import type { TaskPagesOptions } from './options.ts'
import { ownPage } from './own-page.ts'
import { queuePage } from './queue-page.ts'
import { taskPage } from './task-page.ts'

/** The officers' pages of tasks, for the desk: `/desk/tasks` and below. */
export function deskTaskRoutes<Who, Need>(options: TaskPagesOptions<Who, Need>): SiteRoute<Who, Need>[] {
  const { needs } = options
  return [
    { method: 'GET', path: '/desk/tasks', needs, handle: (request) => queuePage(options, request) },
    {
      method: 'GET',
      path: '/desk/tasks/:task',
      needs,
      handle: (request) => ownOrCommonPage(options, request),
    },
    ...actionRoutes(options),
  ]
}

async function ownOrCommonPage<Who, Need>(
  options: TaskPagesOptions<Who, Need>,
  request: SiteRequest<Who>,
): Promise<SiteAnswer> {
  const own = await ownPage(options, request)
  return own === undefined ? taskPage(options, request) : { kind: 'redirect', to: own }
}
