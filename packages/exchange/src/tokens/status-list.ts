import { deflateSync, inflateSync } from 'node:zlib'
import { type Signer, signJws } from '@sapan/trust'
import { exchangeProblem } from '../problems.ts'
import { type IssuerView, readIssued } from './issued.ts'

/** What a list says of an entry (IETF Token Status List §7.1). */
export const statusCodes = { valid: 0, withdrawn: 1, suspended: 2 } as const

export type Status = keyof typeof statusCodes

/** Where the status of a token stands: the claim `status.status_list` (§6.2). */
export interface StatusRef {
  readonly uri: string
  readonly index: number
}

/** The JWS `typ` of a list (§5.1). */
export const statusListType = 'statuslist+jwt'

/** Two bits an entry, four entries a byte, the first in the lowest bits (§4.1). */
const bits = 2

/** Larger lists than anyone makes: a million entries. */
const mostBytes = 256 * 1024

const skewSeconds = 5

/** The statuses of a list that are not `valid`, by index. */
export type Exceptions = Iterable<readonly [index: number, status: Status]>

export interface StatusListParts {
  readonly issuer: string
  /** The address of the list, which is its `sub`. */
  readonly uri: string
  /** How many entries it has room for. */
  readonly size: number
  readonly exceptions: Exceptions
  /** Milliseconds since 1970. */
  readonly now: number
  /** How long it may be relied on, and after how long to ask again; seconds. */
  readonly life: number
  readonly ttl: number
}

/** A list as a signed token (IETF Token Status List §5.1), with its bits compressed by zlib (RFC 1950). */
export function signStatusList(parts: StatusListParts, signer: Signer): string {
  const bytes = Buffer.alloc(Math.ceil((parts.size * bits) / 8))
  for (const [index, status] of parts.exceptions) {
    if (index < 0 || index >= parts.size) throw new RangeError(`no entry ${index} in a list of ${parts.size}`)
    const at = index >> 2
    bytes[at] = (bytes[at] ?? 0) | (statusCodes[status] << ((index & 3) * bits))
  }
  const issuedAt = Math.floor(parts.now / 1000)
  const lst = deflateSync(bytes, { level: 9 }).toString('base64url')
  return signJws(
    {
      iss: parts.issuer,
      sub: parts.uri,
      iat: issuedAt,
      exp: issuedAt + parts.life,
      ttl: parts.ttl,
      status_list: { bits, lst },
    },
    { signer, type: statusListType },
  )
}

/** A list that was verified. Times in milliseconds since 1970. */
export interface StatusList {
  readonly uri: string
  readonly issuedAt: number
  readonly expires: number
  /** Its bits as they came: alike in two lists that say the same. */
  readonly bits: string
  /** Undefined where the list has no such entry, or a value that nobody here knows: it vouches for nothing. */
  at(index: number): Status | undefined
}

/**
 * Reads a list that an issuer of the directory has signed for this address. Throws Problem `status-list-invalid`: wrong
 * type, algorithm, key, address or time, or bits that can't be unpacked.
 */
export function readStatusList(
  jws: string,
  { view, uri, now }: { view: IssuerView; uri: string; now: number },
): StatusList {
  const { payload } = readIssued(jws, { view, type: statusListType, refusal: 'status-list-invalid' })
  const { sub, iat, exp, status_list: list } = payload
  const isTimely =
    typeof iat === 'number' &&
    typeof exp === 'number' &&
    iat * 1000 <= now + skewSeconds * 1000 &&
    exp * 1000 > now
  if (sub !== uri || !isTimely) throw exchangeProblem('status-list-invalid')
  const { bytes, lst } = unpacked(list)
  return {
    uri,
    issuedAt: iat * 1000,
    expires: exp * 1000,
    bits: lst,
    at: (index) => {
      const byte = bytes[index >> 2]
      return byte === undefined ? undefined : named[(byte >> ((index & 3) * bits)) & 3]
    },
  }
}

const named: readonly (Status | undefined)[] = ['valid', 'withdrawn', 'suspended', undefined]

function unpacked(list: unknown): { bytes: Buffer; lst: string } {
  const packed = typeof list === 'object' && list !== null ? { ...list } : {}
  if (!('bits' in packed && 'lst' in packed) || packed.bits !== bits || typeof packed.lst !== 'string') {
    throw exchangeProblem('status-list-invalid')
  }
  try {
    const { lst } = packed
    return { bytes: inflateSync(Buffer.from(lst, 'base64url'), { maxOutputLength: mostBytes }), lst }
  } catch (cause) {
    throw exchangeProblem('status-list-invalid', { cause })
  }
}

/** The claim `status` of a token (§6.2). */
export function statusClaim({ uri, index }: StatusRef): { status_list: { idx: number; uri: string } } {
  return { status_list: { idx: index, uri } }
}

/** Reads the claim; undefined where it is not one. */
export function readStatusClaim(claim: unknown): StatusRef | undefined {
  const list = member(claim, 'status_list')
  const [idx, uri] = [member(list, 'idx'), member(list, 'uri')]
  if (typeof idx !== 'number' || !Number.isInteger(idx) || idx < 0 || typeof uri !== 'string')
    return undefined
  return { uri, index: idx }
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return Reflect.get(value, name)
}
