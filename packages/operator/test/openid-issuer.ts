import { generateSigner } from '@sapan/trust'
import { startIssuer, type TestIssuer, testLevels } from '../../identity/test/provider/issuer.ts'
import type { NamedOperator, OpenidOptions } from '../src/index.ts'

/** The country's Digital ID, of which a gateway's pages are a client, and whom the gateway has as operators. */
export interface OpenidHouse {
  readonly issuer: TestIssuer
  readonly operators: NamedOperator[]
  at(origin: string, adminToken: string): Promise<OpenidOptions>
}

const clientId = 'dopa-gateway'

export async function openidHouse(): Promise<OpenidHouse> {
  const issuer = await startIssuer()
  const operators: NamedOperator[] = []
  const signer = generateSigner('ecdsa-p256-sha256')
  return {
    issuer,
    operators,
    at: async (origin, adminToken) => {
      const key = { ...signer.publicKey.export({ format: 'jwk' }), kid: clientId, alg: 'ES256', use: 'sig' }
      await issuer.clients.register(
        {
          id: clientId,
          member: 'TH/GOV/DOPA',
          names: { th: 'เกตเวย์ของกรมการปกครอง', en: 'DOPA’s gateway' },
          profile: 'fapi2',
          authentication: 'private_key_jwt',
          bound: 'dpop',
          jwks: { keys: [key] },
          redirectUris: [`${origin}/operator/openid/callback`],
          scopes: ['openid'],
        },
        'file',
      )
      const acrValues = [testLevels.acrOf({ ial: '1.1', aal: '2.2' })]
      return { issuer: issuer.issuer, clientId, signer, acrValues, operators, adminToken }
    },
  }
}
