import { Problem } from '@sapan/kernel'
import { exitCodeOf } from '../exit.ts'
import { problems } from '../problems.ts'
import { cross, nextStep } from './lines.ts'
import type { Terminal } from './terminal.ts'
import { cell, isRecord } from './values.ts'

/** The command has said all there is to say, and ends with this code. */
export class EndedWith extends Error {
  readonly code: number

  constructor(code: number) {
    super(`ended with ${code}`)
    this.code = code
  }
}

/** A problem that another process answered with (`application/problem+json`, RFC 9457). */
export class AnsweredProblem extends Error {
  readonly document: Readonly<Record<string, unknown>>

  constructor(document: Readonly<Record<string, unknown>>) {
    super(String(document.title ?? 'refused'))
    this.name = 'AnsweredProblem'
    this.document = document
  }
}

interface Failure {
  readonly code: string
  readonly title: string
  readonly detail?: string
  readonly next?: string
}

/** Prints why a command could not do what it was asked, and returns the exit code by the kind of problem. */
export function printFailure(terminal: Terminal, error: unknown, json: boolean): number {
  const failure = failureOf(terminal, error)
  if (json) terminal.out(JSON.stringify({ problem: { ...documentOf(error), ...failure } }, null, 2))
  else for (const line of failureLines(terminal, failure)) terminal.note(line)
  if (terminal.env.SAPAN_DEBUG && error instanceof Error) terminal.note(error.stack ?? error.message)
  return exitCodeOf(failure.code)
}

/** A failure as lines: the title with a cross, the detail, the code, and what to do. */
export function failureLines(terminal: Terminal, failure: Failure): string[] {
  const { title, detail, next, code } = failure
  return [
    cross(terminal, title),
    ...(detail !== undefined && detail !== title ? [`  ${detail}`] : []),
    `  ${terminal.paint.quiet(`${terminal.say({ th: 'รหัส', en: 'code' })} ${code}`)}`,
    ...(next !== undefined ? [nextStep(terminal, next)] : []),
  ]
}

/** What a person reads of any error: registered, answered, or unexpected. */
export function failureOf(terminal: Terminal, error: unknown): Failure {
  if (error instanceof AnsweredProblem) return answeredFailure(terminal, error.document)
  if (error instanceof Problem) {
    return {
      code: error.type.code,
      title: terminal.say(error.type.title),
      detail: terminal.say(error.detail ?? error.type.title),
      next: terminal.say(error.type.next),
    }
  }
  const { unexpected } = problems
  return {
    code: unexpected.code,
    title: terminal.say(unexpected.title),
    detail: error instanceof Error ? error.message : String(error),
    next: terminal.say(unexpected.next),
  }
}

function answeredFailure(terminal: Terminal, document: Readonly<Record<string, unknown>>): Failure {
  const inLanguage = document[terminal.language]
  const texts = isRecord(inLanguage) ? { ...document, ...inLanguage } : document
  const text = (name: string) => {
    const said = cell(texts[name], terminal.language)
    return said === '' ? {} : { [name]: said }
  }
  return {
    code: String(document.code ?? 'refused'),
    title: terminal.say({ th: 'ถูกปฏิเสธ', en: 'Refused' }),
    ...text('title'),
    ...text('detail'),
    ...text('next'),
  }
}

function documentOf(error: unknown): Readonly<Record<string, unknown>> {
  if (error instanceof AnsweredProblem) return error.document
  return error instanceof Problem ? error.extensions : {}
}
