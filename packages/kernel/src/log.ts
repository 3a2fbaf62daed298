import { type DestinationStream, type LogFn, type Logger, pino } from 'pino'
import { isNationalId, maskNationalId } from './national-id.ts'
import { Problem } from './problem.ts'

export type { Logger } from 'pino'

export interface LoggerOptions {
  /** Which part speaks: `gateway`, `center`. */
  readonly name: string
  /** `trace` … `fatal`, `silent`; by default `info`. */
  readonly level?: string
  /** Where the lines go: a stream, or the path of a file to append to; by default standard output. */
  readonly destination?: DestinationStream | string
}

/** Members whose values never reach a log, wherever a caller puts them: at the top or one level down. */
const SECRETS = [
  'password',
  'passphrase',
  'secret',
  'token',
  'privateKey',
  'connectionString',
  'databaseUrl',
  'authorization',
  'cookie',
  '["proxy-authorization"]',
  '["set-cookie"]',
]

/**
 * A logger of JSON lines: time in ISO 8601, UTC. Secrets under their names and passwords in addresses are replaced,
 * identification numbers in texts are masked, and
 * of a request or an error only what cannot hold a person's data is written: no address, no row.
 * A path is logged as its route's template only; that is the caller's part.
 */
export function createLogger({ name, level = 'info', destination }: LoggerOptions): Logger {
  const options = {
    name,
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRETS.flatMap((member) => [member, within(member)]), censor: '[secret]' },
    serializers: { err: describeError, error: describeError, req: describeRequest, res: describeAnswer },
    hooks: { streamWrite: masked, logMethod: worded },
  }
  if (destination === undefined) return pino(options)
  // Written as the event loop turns, not line by line; what is left is written when the process exits.
  return pino(
    options,
    typeof destination === 'string' ? pino.destination({ dest: destination, sync: false }) : destination,
  )
}

/** An error that is logged without words has its own. */
function worded(this: Logger, args: Parameters<LogFn>, log: LogFn): void {
  const [first, ...more]: unknown[] = args
  const error = first instanceof Error ? first : member(first, 'err')
  if (more.length > 0 || !(error instanceof Error)) log.apply(this, args)
  else log.call(this, first, withoutQuotes(error))
}

function within(member: string): string {
  return member.startsWith('[') ? `*${member}` : `*.${member}`
}

/** Thirteen digits in a text; a bare JSON number (after an unescaped `":`) is left alone, it is a measure. */
const THIRTEEN_DIGITS = /(?<!\d|(?<!\\)":)\d{13}(?!\d)/g

/** As it is printed on the card. */
const PRINTED = /(?<!\d)\d-\d{4}-\d{5}-\d{2}-\d(?!\d)/g

/** The password in an address, as error messages quote them. */
const PASSWORD = /(:\/\/[^\s:/@"\\]*:)[^\s/@"\\]+@/g

function masked(line: string): string {
  return line
    .replace(THIRTEEN_DIGITS, (digits) =>
      isNationalId(digits) ? `${digits.slice(0, 5)}xxxxx${digits.slice(10)}` : digits,
    )
    .replace(PRINTED, (printed) => {
      const digits = printed.replaceAll('-', '')
      return isNationalId(digits) ? maskNationalId(digits) : printed
    })
    .replace(PASSWORD, '$1[secret]@')
}

interface ErrorEntry {
  readonly type: string
  readonly message: string
  readonly code?: unknown
  readonly stack?: string | undefined
  readonly cause?: ErrorEntry
}

/** The database's errors carry rows in `detail` and `where`: those are left out. */
function describeError(error: unknown, depth = 0): ErrorEntry {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) }
  const message = withoutQuotes(error)
  return {
    type: error instanceof Problem ? 'Problem' : error.name,
    message,
    ...('code' in error ? { code: error.code } : {}),
    // Begins with the message.
    stack: error.stack?.replace(error.message, () => message),
    ...(error.cause === undefined || depth > 4 ? {} : { cause: describeError(error.cause, depth + 1) }),
  }
}

/** What engines quote of what they were given may be anybody's: the text that is no JSON, the argument, the database's value. */
function withoutQuotes(error: Error): string {
  const code = 'code' in error ? String(error.code) : ''
  if (error instanceof SyntaxError)
    return error.message
      .replace(/(?:\.{3})?".*"(?:\.{3})? is not valid JSON/s, '"…" is not valid JSON')
      .replace(/^Cannot convert .* to a BigInt/s, 'Cannot convert … to a BigInt')
  if (code.startsWith('ERR_')) return error.message.replace(/ Received .*/s, ' Received …')
  // PostgreSQL, class 22: data exceptions.
  if (/^22[0-9A-Z]{3}$/.test(code)) return error.message.replace(/".*"/s, '"…"')
  return error.message
}

/** A request's address can hold an identification number: only its method and its route's template. */
function describeRequest(request: unknown): Record<string, unknown> {
  return { id: member(request, 'id'), method: member(request, 'method'), route: route(request) }
}

function describeAnswer(answer: unknown): Record<string, unknown> {
  return { status: member(answer, 'statusCode') }
}

function route(request: unknown): unknown {
  return member(member(request, 'routeOptions'), 'url')
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
