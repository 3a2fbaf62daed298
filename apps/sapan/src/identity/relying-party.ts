import { createRelyingParty, faceClientSettings, type RelyingParty, type RolePort } from '@sapan/identity'
import type { Text } from '@sapan/kernel'
import { privateKeyOf } from '@sapan/trust'
import { createCookies } from '@sapan/ui'
import type { House } from './house.ts'

export interface FaceSignIn {
  readonly face: 'portal' | 'desk'
  readonly origin: string
  readonly cookiePrefix: string
  readonly names: Text
  readonly roleOf: RolePort
}

/** Makes a face a client of the issuer, with a key of its own. */
export async function signInAt(house: House, setting: FaceSignIn): Promise<RelyingParty> {
  const { ground, rooms } = house
  const { face, origin } = setting
  const clientId = `sapan-${face}`
  const signer = await ground.keys.loadOrCreate(`client-${face}`, 'ecdsa-p256-sha256')
  const jwk = { ...signer.publicKey.export({ format: 'jwk' }), kid: clientId, alg: 'ES256', use: 'sig' }
  await registerFace(house, faceClientSettings({ id: clientId, names: setting.names, origin, key: jwk }))
  const key = await crypto.subtle.importKey(
    'pkcs8',
    privateKeyOf(signer).export({ format: 'der', type: 'pkcs8' }),
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['sign'],
  )
  return createRelyingParty({
    ...ground,
    schema: face,
    origin,
    cookies: createCookies(origin, setting.cookiePrefix),
    issuer: ground.file.issuer,
    clientId,
    clientKey: { key, kid: clientId },
    nameOf: rooms.nameOf,
    sessionState: ({ account, session }) => rooms.sessions.stateAs(account, session),
    endSession: async ({ account, session }) => {
      await rooms.sessions.endAs(account, session)
    },
    roleOf: setting.roleOf,
    duties: ground.country.identity.officers.duties,
    ...(face === 'portal' && { proofingPath: '/me/proofing' }),
  })
}

/** Registers the face, or brings what is registered up to date. */
async function registerFace({ rooms: { clients } }: House, settings: { readonly id: string }): Promise<void> {
  const found = await clients.find(settings.id)
  if (found === undefined) await clients.register(settings, 'file')
  else if (JSON.stringify(found.settings) !== JSON.stringify(settings))
    await clients.change(settings.id, settings, 'file')
}
