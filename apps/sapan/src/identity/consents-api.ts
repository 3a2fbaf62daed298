import { consentApi, consentsScope } from '@sapan/identity'
import type { House } from './house.ts'

/** Where it is mounted at the issuer. */
export const consentsPath = '/api/consents'

/** Where agencies' systems ask people for consents, each with a token of its own. */
export function consentsApi({ rooms, ground }: Pick<House, 'rooms' | 'ground'>) {
  const { issuer, portal } = ground.file
  return consentApi({
    consents: rooms.consents,
    base: portal,
    authenticate: async ({ method, path, headers }) => {
      const { authorization, dpop } = headers
      const url = `${issuer}${consentsPath}${path}`
      const caller = await rooms.provider.caller({ method, url, scope: consentsScope, authorization, dpop })
      return caller.member
    },
  })
}
