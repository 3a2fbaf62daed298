import { createOutsideProvider, type OutsideProvider } from '@sapan/identity'
import type { House } from './house.ts'

/** The outside provider of the country, where this operator is a client of it. People come back to `redirectUri`. */
export function outsideProvider(
  { ground, rooms }: Pick<House, 'ground' | 'rooms'>,
  redirectUri: string,
): OutsideProvider | undefined {
  const { code } = ground.country.identity.proofing.outsideProvider
  const settings = ground.file.providers.find(({ id }) => id === code)
  if (settings === undefined) return undefined
  const { issuer, clientId, clientSecret } = settings
  return createOutsideProvider(rooms.proofingGround, {
    issuer,
    clientId,
    clientSecret,
    redirectUri,
    scope: 'openid pid name birthdate gender',
  })
}
