import type { SiteRequest } from '@sapan/ui'
import type { TaskPagesOptions } from './options.ts'

/**
 * The page on which this task is decided, where its kind has one of its own: what is refused there must not pass here.
 * Throws `task-not-found`.
 */
export async function ownPage<Who, Need>(
  { casework, officerOf, names }: TaskPagesOptions<Who, Need>,
  { who, parameters }: Pick<SiteRequest<Who>, 'who' | 'parameters'>,
): Promise<string | undefined> {
  const task = await casework.find(officerOf(who), parameters.task ?? '')
  return names.kinds[task.kind]?.page?.(task.id)
}
