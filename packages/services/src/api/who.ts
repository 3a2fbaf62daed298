import type { Visitor } from '@sapan/identity'
import type { SiteRequest } from '@sapan/ui'
import { headerOf } from './answer.ts'
import type { ServicesApiOptions } from './options.ts'

/** Whose program calls; `Sapan-Mandate` names the mandate under which they act. Throws what `authenticate` throws. */
export async function callerOf(
  { authenticate, ground }: Pick<ServicesApiOptions, 'authenticate' | 'ground'>,
  request: SiteRequest<Visitor>,
): Promise<Visitor> {
  const who = await authenticate({
    method: request.method,
    url: `${ground.portal}${request.path}`,
    authorization: headerOf(request, 'authorization'),
    dpop: headerOf(request, 'dpop'),
  })
  const mandate = headerOf(request, 'sapan-mandate')
  return mandate === undefined ? who : { ...who, acting: { mandate, name: '' } }
}
