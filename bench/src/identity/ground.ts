import { type IdentityGround, Levels } from '@sapan/identity'
import { createLogger, createPool, systemClock } from '@sapan/kernel'
import { loadCountry } from '@sapan/thailand'
import { generateSigner, Sealer } from '@sapan/trust'
import type { IssuerOrder } from './issuer-order.ts'

/** What Sapan's rooms stand on: the country pack, one database, the keys of this run. */
export async function groundOf(order: Omit<IssuerOrder, 'pages'>): Promise<IdentityGround> {
  const country = loadCountry().identity
  return {
    pool: createPool(order.databaseUrl, { application_name: 'sapan-identity', max: 20 }),
    clock: systemClock,
    log: createLogger({ name: 'bench', level: 'error' }),
    sealer: new Sealer(new Map([[1, Buffer.from(order.sealKey, 'base64url')]]), 1),
    hashKey: Buffer.from(order.hashKey, 'base64url'),
    signer: await generateSigner('ecdsa-p256-sha256'),
    country,
    levels: new Levels(country.levels),
    issuer: `http://localhost:${order.port}`,
    ask: async () => {
      throw new Error('a sign-in asks no other agency')
    },
  }
}
