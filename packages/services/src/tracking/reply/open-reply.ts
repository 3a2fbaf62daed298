import type { Case, CasePerson, JsonValue } from '@sapan/casework'
import type { Application } from '../../application/application.ts'
import { askable } from '../../application/askable.ts'
import { applicationNow } from '../../application/of-case.ts'
import { placeOf, type Wanted, wantedOf } from '../../application/supplement.ts'
import type { ServiceDefinition } from '../../definition/definition.ts'
import type { Field } from '../../definition/form.ts'
import type { CountedFiles } from '../../draft/draft.ts'
import { namedFiles } from '../../draft/files.ts'
import { submissionProblem } from '../../submission/problems.ts'
import { lastAsk } from '../case-page.ts'
import type { TrackingOptions } from '../options.ts'

/** A request for information, as the applicant has it before them. */
export interface OpenReply {
  readonly person: CasePerson
  readonly found: Case
  readonly definition: ServiceDefinition
  /** As it counts now. */
  readonly application: Application
  /** What the officer wrote. */
  readonly asked: string | undefined
  /** When; milliseconds since 1970. */
  readonly askedAt: number
  readonly wanted: Wanted
  /** `2026-11-22`: of now, and of when it was handed in. */
  readonly today: string
  readonly day: string
}

/**
 * The request of a case that who asks may act on, on the pages and in the API alike. Throws `application-not-found` for one
 * that was erased.
 */
export async function openReply(
  { ground }: Pick<TrackingOptions, 'ground'>,
  { person, found }: Pick<OpenReply, 'person' | 'found'>,
): Promise<OpenReply> {
  const definition = ground.definitions.version(found.service, found.version)
  if (definition === undefined || found.content === null) throw submissionProblem('application-not-found')
  const { words, at: askedAt = ground.clock() } = lastAsk(await ground.cases.storyOf(person, found.id)) ?? {}
  const application = applicationNow(definition, found, ground.days)
  const { fields, files } = wantedOf(words?.data)
  const known = fields.filter((path) => placeOf(definition, path) !== undefined)
  return {
    ...{ person, found, definition, application },
    asked: words?.text,
    askedAt,
    wanted: { fields: known, files },
    today: ground.days.dateOf(ground.clock()),
    day: ground.days.dateOf(application.submittedAt),
  }
}

/** Of the files that came since it was asked, those that count: what is handed in or was replied names them. */
export function countedFiles({ found, application, askedAt }: OpenReply, now: JsonValue): CountedFiles {
  const named = namedFiles({ answers: application.answers, replies: found.replies ?? [], now })
  return { since: askedAt, kept: [...named.keys()] }
}

/** Paths that somebody may be asked for, as the application stands. */
export function askablePaths({ definition, day }: OpenReply, application: Application): ReadonlySet<string> {
  const pages = askable(definition, application, { language: 'th', day })
  return new Set(pages.flatMap(({ answers }) => answers.map(({ path }) => path)))
}

/** The field of a path, named by it: of a list, with whose it is. */
export function wantedField({ definition }: OpenReply, path: string): Field | undefined {
  const place = placeOf(definition, path)
  if (place === undefined) return undefined
  const { page, field, item } = place
  if (page.repeat === undefined || item === undefined) return { ...field, id: path }
  const { one } = page.repeat
  const label = {
    th: `${one.th} ${item + 1}: ${field.label.th}`,
    en: `${one.en} ${item + 1}: ${field.label.en}`,
  }
  return { ...field, id: path, label }
}

/** A file for which the form has no field, as one. */
export function extraFile(label: string, at: number): Field {
  return {
    id: `extra-${at}`,
    type: 'file',
    label: { th: label, en: label },
    required: false,
    changeable: true,
    options: [],
    checks: [],
    limits: {},
    isSensitive: false,
  }
}
