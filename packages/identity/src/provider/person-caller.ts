import { Problem } from '@sapan/kernel'
import type { Level, Levels } from '../levels/level.ts'
import { refuseUnproven, type SystemCall, type SystemCallerGround } from './system-caller.ts'

/** The person whose program calls, in the session in which they let it. */
export interface PersonCaller {
  readonly account: string
  readonly session: string
  readonly level: Level
  /** Milliseconds since 1970: when they last proved that it is them. */
  readonly authenticatedAt: number
  /** Whose program it is: the client's id. */
  readonly client: string
}

/** Why a call is nobody's (RFC 6750 §3.1): no token came along; it is none of a person that holds; it lets do something else. */
export type RefusedCall = 'token-missing' | 'token-invalid' | 'scope-missing'

/**
 * Whose access token a program calls with: one that the person agreed to with this scope, while the session in which they
 * did lasts. A token that is bound to a key needs a proof of it (RFC 9449 §4.3).
 */
export function personCaller(
  ground: SystemCallerGround & { readonly levels: Levels },
): (call: SystemCall) => Promise<PersonCaller | RefusedCall> {
  return async (call) => {
    if (call.authorization === undefined) return 'token-missing'
    const [, scheme = '', value = ''] = /^(Bearer|DPoP) ([\w.~+/-]{1,512}=*)$/i.exec(call.authorization) ?? []
    const provider = await ground.provider()
    const token = value === '' ? undefined : await provider.AccessToken.find(value)
    if (!token?.isValid || token.accountId === undefined) return 'token-invalid'
    if (!(await isProven(ground, call, { token, value, scheme: scheme.toLowerCase() })))
      return 'token-invalid'
    const { sessionUid } = token
    const session = sessionUid === undefined ? undefined : await provider.Session.findByUid(sessionUid)
    if (sessionUid === undefined || session?.accountId !== token.accountId) return 'token-invalid'
    if (!token.scopes.has(call.scope)) return 'scope-missing'
    return {
      account: token.accountId,
      session: sessionUid,
      level: ground.levels.levelOf(session.acr ?? '') ?? ground.levels.lowest,
      authenticatedAt: (session.loginTs ?? 0) * 1000,
      client: token.clientId ?? '',
    }
  }
}

async function isProven(...[ground, call, shown]: Parameters<typeof refuseUnproven>): Promise<boolean> {
  try {
    await refuseUnproven(ground, call, shown)
    return true
  } catch (error) {
    if (error instanceof Problem && error.code === 'system-token-needed') return false
    throw error
  }
}
