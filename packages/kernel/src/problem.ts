import type { Language, Text } from './text.ts'

/** What a problem is, whoever meets it. Registered once; its page is `docs/problems/<code>.md`. */
export interface ProblemType {
  /** Kebab-case, unique in the house: `grant-expired`. */
  readonly code: string
  /** HTTP status (RFC 9110 §15) with which a server answers it. */
  readonly status: number
  readonly title: Text
  /** What the reader does next. */
  readonly next: Text
  /** Where on the site that met it that is done: people get a link. */
  readonly place?: { readonly path: string; readonly text: Text }
}

const registered = new Map<string, ProblemType>()

/**
 * Registers a package's problems. The keys are the codes.
 * Throws when a code is taken: one concept, one name.
 */
export function defineProblems<const C extends string>(
  types: Readonly<Record<C, Omit<ProblemType, 'code'>>>,
): Readonly<Record<C, ProblemType>> {
  const defined = {} as Record<C, ProblemType>
  for (const code of Object.keys(types) as C[]) {
    if (registered.has(code)) throw new Error(`problem ${code} is registered twice`)
    const type = { code, ...types[code] }
    registered.set(code, type)
    defined[code] = type
  }
  return defined
}

/** Every registered problem, by code. */
export function registeredProblems(): ReadonlyMap<string, ProblemType> {
  return registered
}

export interface ProblemOptions {
  /** What is wrong this time, fit for the caller's eyes: no personal data, no internals. */
  readonly detail?: Text
  /** Members added to the answer (RFC 9457 §3.2). */
  readonly extensions?: Readonly<Record<string, unknown>>
  /** For the log only. */
  readonly cause?: unknown
}

/** A registered problem that happened. Throw it; the face in front turns it into its own words. */
export class Problem extends Error {
  readonly type: ProblemType
  readonly detail: Text | undefined
  readonly extensions: Readonly<Record<string, unknown>>

  constructor(type: ProblemType, options: ProblemOptions = {}) {
    super(`${type.code}: ${options.detail?.en ?? type.title.en}`, { cause: options.cause })
    this.name = 'Problem'
    this.type = type
    this.detail = options.detail
    this.extensions = options.extensions ?? {}
  }

  get code(): string {
    return this.type.code
  }
}

/** A problem on the wire: `application/problem+json` (RFC 9457 §3.1), with `next` in the same language. */
export interface ProblemDocument {
  readonly type: string
  readonly code: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly next: string
  readonly [extension: string]: unknown
}

/**
 * The problem as `application/problem+json` (RFC 9457). `base` is the origin that serves the problem pages;
 * both languages are given, the caller's on top.
 */
export function problemDocument(problem: Problem, base: string, language: Language): ProblemDocument {
  const { code, status, title, next } = problem.type
  const detail = problem.detail ?? title
  const other: Language = language === 'th' ? 'en' : 'th'
  return {
    ...problem.extensions,
    type: `${base}/problems/${code}`,
    code,
    title: title[language],
    status,
    detail: detail[language],
    next: next[language],
    [other]: { title: title[other], detail: detail[other], next: next[other] },
  }
}
