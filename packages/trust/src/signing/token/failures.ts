import { Problem } from '@sapan/kernel'
import { trustProblems } from '../../problems.ts'
import { results } from './constants.ts'

/** A call of the token's module failed with that CK_RV. */
export class TokenFailure extends Error {
  readonly call: string
  readonly result: number

  constructor(call: string, result: number) {
    super(`${call} failed with 0x${result.toString(16)}`)
    this.call = call
    this.result = result
  }
}

/** After these a new session may help. What was asked for is then done once more, and only once. */
const lost: ReadonlySet<number> = new Set([
  results.deviceError,
  results.deviceRemoved,
  results.keyHandleInvalid,
  results.objectHandleInvalid,
  results.operationActive,
  results.operationNotInitialised,
  results.sessionClosed,
  results.sessionHandleInvalid,
  results.slotInvalid,
  results.tokenNotPresent,
  results.tokenNotRecognised,
  results.notLoggedIn,
  results.notInitialised,
])

/** Whether the session is gone, or never was. */
export function isLost(error: unknown): boolean {
  return error instanceof TokenFailure && lost.has(error.result)
}

/**
 * Whether the session is not to be used further: beside a lost one, one in which a call failed for no reason that says
 * what. Modules of network HSMs give no other when their connection broke, and go on giving it.
 */
export function isDoubtful(error: unknown): boolean {
  return (
    error instanceof TokenFailure && (lost.has(error.result) || codeOf(error.result) === 'token-unavailable')
  )
}

type TokenProblemCode =
  | 'token-pin-wrong'
  | 'token-pin-locked'
  | 'token-mechanism-unsupported'
  | 'token-unavailable'

const codes: ReadonlyMap<number, TokenProblemCode> = new Map([
  [results.pinIncorrect, 'token-pin-wrong'],
  [results.pinInvalid, 'token-pin-wrong'],
  [results.pinLengthRange, 'token-pin-wrong'],
  [results.pinExpired, 'token-pin-locked'],
  [results.pinLocked, 'token-pin-locked'],
  [results.userPinNotInitialised, 'token-pin-locked'],
  [results.mechanismInvalid, 'token-mechanism-unsupported'],
  [results.mechanismParamInvalid, 'token-mechanism-unsupported'],
  [results.keyTypeInconsistent, 'token-mechanism-unsupported'],
  [results.keySizeRange, 'token-mechanism-unsupported'],
  [results.keyFunctionNotPermitted, 'token-mechanism-unsupported'],
])

function codeOf(result: number): TokenProblemCode {
  return codes.get(result) ?? 'token-unavailable'
}

/** What a failed call means to who uses the key; other errors as they are. */
export function problemOf(error: unknown): unknown {
  if (!(error instanceof TokenFailure)) return error
  return new Problem(trustProblems[codeOf(error.result)], { cause: error })
}

export function isPinProblem(error: unknown): error is Problem {
  return error instanceof Problem && error.code.startsWith('token-pin')
}
