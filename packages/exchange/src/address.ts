import type { Problem } from '@sapan/kernel'
import {
  type MemberId,
  memberOf,
  parseService,
  type ServiceId,
  type SubsystemId,
  subsystemOf,
} from './identifier.ts'
import { exchangeProblem } from './problems.ts'

export {
  type GatewayId,
  type GatewayParts,
  type MemberId,
  type MemberParts,
  memberOf,
  parseGateway,
  parseMember,
  parseService,
  parseSubsystem,
  type ServiceId,
  type ServiceParts,
  type SubsystemId,
  type SubsystemParts,
  subsystemOf,
} from './identifier.ts'

/** What a call on the edge is addressed to: `/r1/TH/GOV/DOPA/population/person-v1/persons/123?…`. */
export interface ExchangeTarget {
  readonly service: ServiceId
  readonly subsystem: SubsystemId
  readonly member: MemberId
  /** Raw path behind the service, from its slash: `/persons/123`; empty when the address ends at the service. */
  readonly servicePath: string
  /** Raw path of the whole target, without query. */
  readonly path: string
  /** Raw query without its `?`; empty when there is none. */
  readonly query: string
  /** The target as it came. */
  readonly raw: string
}

/** Longest request target, in bytes: what servers behind a gateway commonly take (RFC 9112 §3). */
const longestTarget = 8000

const inPath = characters("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,=:@/%")
// Browsers and URL libraries leave [ ] { } | ^ ` in a query as they are, and none of them can mislead a parser.
const inQuery = characters(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?%[]{}|^`",
)

/**
 * Reads a raw request target of X-Road's REST protocol. Strict, because the two ends must not read one path in two
 * ways: refused are absolute form, fragments, backslashes, path parameters (`;`), empty segments, dot segments (also
 * encoded), bad percent-encoding, encoded slashes, backslashes and control characters, and bytes that are not UTF-8.
 * Throws Problem `path-malformed` or `address-malformed`.
 */
export function parseExchangeTarget(target: string): ExchangeTarget {
  if (target.length > longestTarget) throw malformed('longer than 8000 bytes', 'ยาวกว่า 8000 ไบต์')
  if (!target.startsWith('/r1/')) throw malformed('not beginning with /r1/', 'ไม่ขึ้นต้นด้วย /r1/')
  const mark = target.indexOf('?')
  const path = mark === -1 ? target : target.slice(0, mark)
  const query = mark === -1 ? '' : target.slice(mark + 1)
  checkPath(path)
  checkQuery(query)
  const end = endOfService(path)
  const { service } = parseService(path.slice(4, end))
  return {
    service,
    subsystem: subsystemOf(service),
    member: memberOf(service),
    servicePath: path.slice(end),
    path,
    query,
    raw: target,
  }
}

/** The target for a service, a raw path behind it and a raw query without `?`: what `parseExchangeTarget` reads. */
export function formatExchangeTarget(service: ServiceId, servicePath: string, query: string): string {
  return `/r1/${service}${servicePath}${query === '' ? '' : `?${query}`}`
}

/**
 * The decoded names of a query's parameters, in order, each once. Both `&` and `;` divide here: some servers behind
 * gateways still divide by `;`, and a parameter must not pass as part of another's value.
 */
export function queryParameterNames(query: string): string[] {
  if (query === '') return []
  const names = new Set<string>()
  for (const part of query.split(/[&;]/)) {
    if (part === '') continue
    const equals = part.indexOf('=')
    names.add(decodeQuery(equals === -1 ? part : part.slice(0, equals)))
  }
  return [...names]
}

/**
 * The decoded values of one query parameter, in order. Where there is a `;`, both what a server reads that divides by it
 * and what one reads that does not: whose data is asked for must not depend on who reads.
 */
export function queryParameterValues(query: string, name: string): string[] {
  const values: string[] = []
  for (const whole of query.split('&')) {
    for (const part of whole.includes(';') ? [whole, ...whole.split(';')] : [whole]) {
      const equals = part.indexOf('=')
      if (equals !== -1 && decodeQuery(part.slice(0, equals)) === name)
        values.push(decodeQuery(part.slice(equals + 1)))
    }
  }
  return values
}

function decodeQuery(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw malformed('with a query that is not UTF-8', 'มีคิวรีที่ไม่ใช่ UTF-8')
  }
}

/** The index behind `/r1/` and five segments. */
function endOfService(path: string): number {
  let end = 3
  for (let n = 0; n < 5; n++) {
    end = path.indexOf('/', end + 1)
    if (end === -1) return path.length
  }
  return end
}

function checkPath(path: string): void {
  let encoded = false
  for (let i = 0; i < path.length; i++) {
    const code = path.charCodeAt(i)
    if (code > 0x7f || inPath[code] !== 1)
      throw malformed('with a character that must be encoded', 'มีอักขระที่ต้องเข้ารหัส')
    if (code === 0x25) {
      encoded = true
      checkEncodedInPath(encodedByte(path, i))
    } else if (code === 0x2f && path.charCodeAt(i + 1) === 0x2f) {
      throw malformed('with an empty segment', 'มีส่วนว่าง')
    }
  }
  const plain = encoded ? decoded(path) : path
  if (/\/\.\.?(?:\/|$)/.test(plain)) throw malformed('with a dot segment', 'มีส่วนที่เป็นจุด')
}

function checkQuery(query: string): void {
  let encoded = false
  for (let i = 0; i < query.length; i++) {
    const code = query.charCodeAt(i)
    if (code > 0x7f || inQuery[code] !== 1) {
      throw malformed('with a query character that must be encoded', 'มีอักขระในคิวรีที่ต้องเข้ารหัส')
    }
    if (code !== 0x25) continue
    encoded = true
    if (encodedByte(query, i) === 0) throw malformed('with an encoded NUL', 'มีอักขระ NUL ที่เข้ารหัส')
  }
  if (encoded) decoded(query)
}

function checkEncodedInPath(byte: number): void {
  if (byte < 0x20 || byte === 0x7f) throw malformed('with an encoded control character', 'มีอักขระควบคุมที่เข้ารหัส')
  if (byte === 0x2f || byte === 0x5c) throw malformed('with an encoded slash', 'มีเครื่องหมายทับที่เข้ารหัส')
}

/** The byte that `%HH` at this index stands for. */
function encodedByte(text: string, index: number): number {
  const byte = hexDigit(text.charCodeAt(index + 1)) * 16 + hexDigit(text.charCodeAt(index + 2))
  if (!(byte >= 0)) throw malformed('with bad percent-encoding', 'เข้ารหัสเปอร์เซ็นต์ไม่ถูกต้อง')
  return byte
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const letter = code | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : Number.NaN
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw malformed('with encoded bytes that are not UTF-8', 'มีไบต์ที่เข้ารหัสซึ่งไม่ใช่ UTF-8')
  }
}

function characters(allowed: string): Uint8Array {
  const table = new Uint8Array(128)
  for (const character of allowed) table[character.charCodeAt(0)] = 1
  return table
}

function malformed(en: string, th: string): Problem {
  return exchangeProblem('path-malformed', {
    detail: { en: `The request target is refused: it is one ${en}.`, th: `ปฏิเสธเส้นทางของคำขอ: ${th}` },
  })
}
