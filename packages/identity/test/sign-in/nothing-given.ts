import type { AuthenticatorGround } from '../../src/authenticators/ground.ts'
import type { Reviewing } from '../../src/sign-in/review.ts'

/** For pages whose people have given nothing. */
export function nothingGiven({
  clock,
  ceremonies,
}: Pick<AuthenticatorGround, 'clock' | 'ceremonies'>): Reviewing {
  const room = { since: async () => [], withdraw: async () => {} }
  return {
    clock,
    ceremonies,
    days: 30,
    rooms: { consent: room, service: room, mandate: room, offer: room, authenticator: room },
  }
}
