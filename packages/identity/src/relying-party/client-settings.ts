import type { Text } from '@sapan/kernel'
import type { JWK } from 'jose'
import { callbackPath } from './issuer-client.ts'

export interface FaceClient {
  readonly id: string
  readonly names: Text
  readonly origin: string
  /** The public key, with its `kid`. */
  readonly key: JWK
}

/** What `Clients.register` takes for a face, so that `createRelyingParty` can sign people in there. */
export function faceClientSettings({ id, names, origin, key }: FaceClient) {
  return {
    id,
    names,
    profile: 'fapi2',
    authentication: 'private_key_jwt',
    jwks: { keys: [{ ...key }] },
    bound: 'dpop',
    redirectUris: [origin + callbackPath],
    postLogoutRedirectUris: [`${origin}/signed-out`],
    backchannelLogoutUri: `${origin}/sign-in/backchannel-logout`,
    scopes: ['openid'],
  } as const
}
