import type { KeyObject } from 'node:crypto'
import { join } from 'node:path'
import type { Tokens } from '@sapan/identity'
import { systemClock } from '@sapan/kernel'
import { agreementKey, KeyFolder, type Signer } from '@sapan/trust'
import { readEndpoints } from '../home/endpoints.ts'
import { layoutOf } from '../home/layout.ts'

/** The key with which an issuer signs what gateways check; made at first use. */
export function issuerTokenKey(keys: KeyFolder): Promise<Signer> {
  return keys.loadOrCreate('tokens', 'ecdsa-p256-sha256')
}

/** The key to which gateways encrypt hints for an issuer; made at first use. */
export async function issuerHintKey(keys: KeyFolder): Promise<KeyObject> {
  return agreementKey(await keys.loadOrCreateSecret('hints'))
}

/** What an issuer signs for gateways to check, with the key that lies in `keys`. */
export async function issuerTokens(keys: KeyFolder, issuer: string): Promise<Tokens> {
  const { createTokens } = await import('@sapan/identity')
  const [signer, hintKey] = await Promise.all([issuerTokenKey(keys), issuerHintKey(keys)])
  return createTokens({ issuer, signer, hintKey, clock: systemClock, statusLists: `${issuer}/status` })
}

/** The keys of Digital ID in a home. */
export function identityKeys(home: string): KeyFolder {
  return new KeyFolder(join(layoutOf(home).identity, 'keys'))
}

/** A fresh token with which this person may ask this gateway, once, who looked at their data; for the operator of the home. */
export async function subjectToken(home: string, subject: string, gateway: string): Promise<string> {
  const { identity = '' } = await readEndpoints(home)
  const tokens = await issuerTokens(identityKeys(home), identity)
  return tokens.subject({ subject, audience: gateway })
}
