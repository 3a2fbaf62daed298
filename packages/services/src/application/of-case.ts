import type { Case } from '@sapan/casework'
import type { Application } from './application.ts'

/** What was handed in, as it lies with the case. Throws `TypeError` for a case that holds none: it was erased. */
export function applicationOf({ content }: Pick<Case, 'content'>): Application {
  if (!isApplication(content)) throw new TypeError('a case without an application')
  return content
}

function isApplication(content: unknown): content is Application {
  if (typeof content !== 'object' || content === null) return false
  return 'service' in content && 'answers' in content && 'submittedAt' in content
}
