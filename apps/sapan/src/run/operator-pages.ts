import type { RequestListener } from 'node:http'
import { type Logger, type Pool, systemClock } from '@sapan/kernel'
import { createOperatorSite, type Inject } from '@sapan/operator'
import type { KeyFolder } from '@sapan/trust'

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
  readonly roots: readonly string[]
}): Promise<OperatorPages> {
  const { kind, name, place, keys, pool, log, inject, roots } = of
  const site = await createOperatorSite({
    kind,
    name,
    origin: `http://${place}`,
    cookieSecret: await keys.loadOrCreateSecret('operator.cookies'),
    pool,
    clock: systemClock,
    log,
    inject,
    roots,
  })
  return { handler: (request, response) => site.handler(request, response), close: () => site.close() }
}
