import { Problem, type ProblemType } from '@sapan/kernel'
import { problems } from '../problems.ts'

/** What PostgreSQL's programs say in English (`LC_ALL=C`), and what that is to the operator. */
const SAID: readonly (readonly [RegExp, ProblemType])[] = [
  [/No space left on device|Disk quota exceeded/, problems['disk-full']],
  [/Address already in use/, problems['port-taken']],
  [/Permission denied|Read-only file system|invalid permissions/, problems['folder-not-writable']],
  [/could not look up effective user ID/, problems['postgres-user-missing']],
  [/database files are incompatible with server/, problems['postgres-other-version']],
]

/** The problem behind the output of `initdb` or `postgres`; `path` is where it happened or where more is to be read. */
export function problemOfOutput(output: string, path: string): Problem {
  const lines = output.split('\n').filter((line) => /FATAL|PANIC|error:|could not|No space/.test(line))
  const line = (lines.at(-1) ?? output.trim().split('\n').at(-1) ?? '').trim()
  const [, type] = SAID.find(([pattern]) => pattern.test(output)) ?? [undefined, problems['postgres-failed']]
  const detail = `${line} (${path})`
  return new Problem(type, { detail: { th: detail, en: detail }, cause: new Error(output.trim()) })
}
