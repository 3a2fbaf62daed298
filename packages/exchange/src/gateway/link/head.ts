import { LinkFault, longestHead } from './frame.ts'

/** What opens a request: as an HTTP/1.1 request line and its Host. */
export interface RequestHead {
  readonly method: string
  readonly authority: string
  /** Raw path and query. */
  readonly target: string
  /** Names and values in turn. */
  readonly headers: readonly string[]
}

export interface AnswerHead {
  readonly status: number
  readonly headers: readonly string[]
}

/**
 * A head is text of one byte a character: request line or status, then names and values in turn, each ended by a line feed.
 * A line feed can be in none of them, so that there is one way to read it.
 */
export function encodeRequestHead({ method, authority, target, headers }: RequestHead): Buffer {
  return encode([method, authority, target], headers)
}

export function encodeAnswerHead({ status, headers }: AnswerHead): Buffer {
  return encode([String(status)], headers)
}

/** Throws `LinkFault`. */
export function decodeRequestHead(bytes: Buffer): RequestHead {
  const lines = decode(bytes, 3)
  const [method = '', authority = '', target = ''] = lines
  return { method, authority, target, headers: lines.slice(3) }
}

/** Throws `LinkFault`. */
export function decodeAnswerHead(bytes: Buffer): AnswerHead {
  const lines = decode(bytes, 1)
  const status = lines[0] ?? ''
  if (!/^[1-9][0-9]{2}$/.test(status)) throw new LinkFault('an answer without a status')
  return { status: Number(status), headers: lines.slice(1) }
}

function encode(first: readonly string[], headers: readonly string[]): Buffer {
  const text = `${first.join('\n')}\n${headers.length === 0 ? '' : `${headers.join('\n')}\n`}`
  let feeds = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) feeds++
  if (feeds !== first.length + headers.length) throw new RangeError('a head with a line feed in it')
  if (text.length > longestHead) throw new RangeError('a head that is too long')
  return Buffer.from(text, 'latin1')
}

/** What no HTTP parser lets pass in a line either (RFC 9110 §5.5). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const unsayable = /[\x00-\x08\x0b-\x1f\x7f]/

function decode(bytes: Buffer, first: number): string[] {
  const text = bytes.toString('latin1')
  if (!text.endsWith('\n') || unsayable.test(text)) throw new LinkFault('a head that is no head')
  const lines = text.split('\n')
  lines.pop()
  if (lines.length < first || (lines.length - first) % 2 !== 0) throw new LinkFault('a head that is no head')
  return lines
}
