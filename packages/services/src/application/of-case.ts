import type { Case } from '@sapan/casework'
import type { WorkingDays } from '@sapan/kernel'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { Application } from './application.ts'
import { supplemented } from './supplement.ts'

/** What was handed in, as it lies with the case. Throws `TypeError` for a case that holds none: it was erased. */
export function applicationOf({ content }: Pick<Case, 'content'>): Application {
  if (!isApplication(content)) throw new TypeError('a case without an application')
  return content
}

/**
 * The application as it counts now: with what the applicant replied since. Throws as `applicationOf` does.
 */
export function applicationNow(
  definition: ServiceDefinition,
  found: Pick<Case, 'content' | 'replies'>,
  days: Pick<WorkingDays, 'dateOf'>,
): Application {
  const application = applicationOf(found)
  return supplemented(definition, application, found.replies ?? [], days.dateOf(application.submittedAt))
}

function isApplication(content: unknown): content is Application {
  if (typeof content !== 'object' || content === null) return false
  return 'service' in content && 'answers' in content && 'submittedAt' in content
}
