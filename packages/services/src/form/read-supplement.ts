import type { JsonValue } from '@sapan/casework'
import type { Text } from '@sapan/kernel'
import type { FileAnswer } from '../application/answers.ts'
import type { Application } from '../application/application.ts'
import { type AnswerPlace, answerAt, placeOf } from '../application/supplement.ts'
import type { ServiceDefinition } from '../definition/definition.ts'
import { openProblems } from './problems.ts'
import { type FieldError, readPage } from './read-page.ts'
import type { ReadingContext } from './reading.ts'

/** A reply that was sent: inputs have the paths of what was wanted as their names. */
export interface SentSupplement {
  readonly form: URLSearchParams
  /** By paths: the file, or why not. */
  readonly files: ReadonlyMap<string, FileAnswer | Text>
}

export interface SupplementRead {
  /** By paths; `null` where there is none. */
  readonly answers: Readonly<Record<string, JsonValue>>
  /** `field` and `input` begin with the path. */
  readonly errors: readonly FieldError[]
  /** The application with what can be used of it. */
  readonly application: Application
  /** Paths of what the answers bring up and was not wanted. */
  readonly broughtUp: readonly string[]
}

type Context = ReadingContext & { readonly today: string }

/** Reads what was replied for each path: by the same rules as the form's own pages. Pure. */
export function readSupplement(
  definition: ServiceDefinition,
  application: Application,
  wanted: readonly string[],
  sent: SentSupplement,
  context: Context,
): SupplementRead {
  let content = application
  const errors: FieldError[] = []
  for (const places of byPage(definition, wanted)) {
    const read = readPlaces(definition, content, places, sent, context)
    content = { ...content, ...read.content }
    errors.push(...read.errors)
  }
  const answers = Object.fromEntries(
    wanted.flatMap((path) => {
      const place = placeOf(definition, path)
      return place === undefined ? [] : [[path, answerAt(content, place) ?? null]]
    }),
  )
  const before = new Set([...openPaths(definition, application, context.today), ...wanted])
  const broughtUp = openPaths(definition, content, context.today).filter((path) => !before.has(path))
  return { answers, errors, application: content, broughtUp }
}

/** Those of one page, or one entry, are read together: one can depend on another. */
function byPage(definition: ServiceDefinition, wanted: readonly string[]): AnswerPlace[][] {
  const groups = new Map<string, AnswerPlace[]>()
  for (const path of wanted) {
    const place = placeOf(definition, path)
    if (place === undefined) continue
    const key = `${place.page.id}.${place.item ?? ''}`
    groups.set(key, [...(groups.get(key) ?? []), place])
  }
  return [...groups.values()]
}

function readPlaces(
  definition: ServiceDefinition,
  content: Application,
  places: readonly AnswerPlace[],
  { form, files }: SentSupplement,
  context: Context,
) {
  const [first] = places
  if (first === undefined) return { content, errors: [] }
  const { page, item } = first
  const prefix = item === undefined ? '' : `${page.id}.${item}.`
  const fields = page.fields.filter(({ id }) => places.some(({ field }) => field.id === id))
  const named = <T>(pairs: Iterable<[string, T]>): [string, T][] =>
    [...pairs].flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    )
  const read = readPage(
    definition,
    content,
    {
      page: { ...page, fields },
      ...(item === undefined ? {} : { item }),
      form: new URLSearchParams(named(form)),
      files: new Map(named(files)),
    },
    context,
  )
  const errors = read.errors.map((error) => ({
    ...error,
    field: `${prefix}${error.field}`,
    input: `${prefix}${error.input}`,
  }))
  return { content: read.content, errors }
}

/** Paths of what stands against handing in. */
function openPaths(definition: ServiceDefinition, content: Application, today: string): string[] {
  return openProblems(definition, content, today).flatMap(({ page, item, field }) => {
    if (field === undefined) return []
    return item === undefined ? [field] : [`${page}.${item}.${field}`]
  })
}
