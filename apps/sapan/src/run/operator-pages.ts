import type { RequestListener } from 'node:http'
import { type Logger, type Pool, systemClock } from '@sapan/kernel'
import { createOperatorSite, type Inject, type OpenidOptions } from '@sapan/operator'
import type { KeyFolder } from '@sapan/trust'
import type { PageAnswer, PageRequest, Phase } from '@sapan/ui'
import type { Static } from 'typebox'
import type { OperatorSignIn } from '../config/operator-openid.ts'

export interface OperatorPages {
  readonly handler: RequestListener
  close(): Promise<void>
}

/** The pages of a gateway's or the center's operator, for the door of its operator's API. */
export async function operatorPages(of: {
  readonly kind: 'gateway' | 'center'
  readonly name: string
  /** Where that door listens: `127.0.0.1:4103`. */
  readonly place: string
  readonly keys: KeyFolder
  readonly pool: Pool
  readonly log: Logger
  readonly inject: Inject
  /** By whom operators are signed in, beside links. */
  readonly signIn?: Static<typeof OperatorSignIn> | undefined
  readonly phase?: Phase | undefined
  /** The pages of problems: `publicPages`. */
  readonly pages: (request: PageRequest) => PageAnswer | undefined
}): Promise<OperatorPages> {
  const { kind, name, place, keys, pool, log, inject, pages, phase, signIn } = of
  const site = await createOperatorSite({
    kind,
    name,
    origin: `http://${place}`,
    cookieSecret: await keys.loadOrCreateSecret('operator.cookies'),
    pool,
    clock: systemClock,
    log,
    inject,
    ...(signIn && { openid: await openidOf(signIn, keys) }),
    ...(phase && { phase }),
  })
  return {
    handler: (request, response) => {
      const { method = '', url = '', headers } = request
      const answer = pages({
        method,
        target: url,
        acceptLanguage: headers['accept-language'],
        ifNoneMatch: headers['if-none-match'],
      })
      if (answer === undefined) site.handler(request, response)
      else response.writeHead(answer.status, answer.headers).end(answer.body)
    },
    close: () => site.close(),
  }
}

/** Its key is made with the first start, and published for the issuer at `/operator/openid/jwks.json`. */
async function openidOf({ openid }: Static<typeof OperatorSignIn>, keys: KeyFolder): Promise<OpenidOptions> {
  return {
    ...openid,
    signer: await keys.loadOrCreate('operator-openid', 'ecdsa-p256-sha256'),
    adminToken: (await keys.loadOrCreateSecret('admin.token')).toString('hex'),
  }
}
