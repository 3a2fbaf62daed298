import { Problem } from '@sapan/kernel'
import type { Level, Levels } from '../levels/level.ts'
import { providerProblems } from '../problems/provider.ts'
import { refuseUnproven, type SystemCall, type SystemCallerGround } from './system-caller.ts'

/** The person whose program calls, in the session in which they let it. */
export interface PersonCaller {
  readonly account: string
  readonly session: string
  readonly level: Level
  /** Milliseconds since 1970: when they last proved that it is them. */
  readonly authenticatedAt: number
}

/**
 * Whose access token a program calls with: one that the person agreed to with this scope, while the session in which they
 * did lasts. A token that is bound to a key needs a proof of it (RFC 9449 §4.3). Throws `system-token-needed`.
 */
export function personCaller(
  ground: SystemCallerGround & { readonly levels: Levels },
): (call: SystemCall) => Promise<PersonCaller> {
  return async (call) => {
    const [, scheme = '', value = ''] =
      /^(Bearer|DPoP) ([\w.~+/-]{1,512}=*)$/i.exec(call.authorization ?? '') ?? []
    const provider = await ground.provider()
    const token = value === '' ? undefined : await provider.AccessToken.find(value)
    if (!token?.isValid || token.accountId === undefined || !token.scopes.has(call.scope)) throw needed()
    await refuseUnproven(ground, call, { token, value, scheme: scheme.toLowerCase() })
    const { sessionUid } = token
    const session = sessionUid === undefined ? undefined : await provider.Session.findByUid(sessionUid)
    if (sessionUid === undefined || session?.accountId !== token.accountId) throw needed()
    return {
      account: token.accountId,
      session: sessionUid,
      level: ground.levels.levelOf(session.acr ?? '') ?? ground.levels.lowest,
      authenticatedAt: (session.loginTs ?? 0) * 1000,
    }
  }
}

function needed(): Problem {
  return new Problem(providerProblems['system-token-needed'])
}
