import type { SiteAnswer, SiteRequest, SiteRoute } from '@sapan/ui'
import { notTheirs } from '../authority.ts'
import { documentPage } from './document-page.ts'
import { keptPage } from './kept-page.ts'
import { listPage } from './list-page.ts'
import { numberPage } from './number-page.ts'
import type { DocumentPagesOptions } from './options.ts'
import { openShared, sharedForm } from './shared-page.ts'

/**
 * The pages of documents, for the portal: `/me/documents…` for the person, `/shared` for whoever has a code,
 * `/check/number` for anyone.
 */
export function documentRoutes<Who, Need>(options: DocumentPagesOptions<Who, Need>): SiteRoute<Who, Need>[] {
  const { needs } = options
  const document = '/me/documents/:document'
  const mine = (
    method: 'GET' | 'POST',
    path: string,
    handle: (request: SiteRequest<Who>) => Promise<SiteAnswer>,
  ): SiteRoute<Who, Need> => ({ method, path, needs, handle })
  return [
    mine('GET', '/me/documents', (request) => listPage(options, request)),
    mine('GET', document, (request) => documentPage(options, request)),
    mine('GET', `${document}/file`, (request) => file(options, request)),
    mine('GET', `${document}/kept`, (request) => keptPage(options, request)),
    mine('GET', `${document}/not-kept`, (request) => keptPage(options, request)),
    mine('POST', `${document}/shares`, (request) => share(options, request)),
    mine('POST', `${document}/shares/:share/end`, (request) => endShare(options, request)),
    { method: 'GET', path: '/shared', handle: (request) => sharedForm(request) },
    { method: 'POST', path: '/shared', handle: (request) => openShared(options, request) },
    { method: 'POST', path: '/shared/file', handle: (request) => openShared(options, request) },
    { method: 'GET', path: '/check/number', handle: (request) => numberPage(options, request) },
    { method: 'POST', path: '/check/number', handle: (request) => numberPage(options, request) },
  ]
}

async function file<Who, Need>(
  { documentbox, accountOf, reachOf }: DocumentPagesOptions<Who, Need>,
  { who, parameters }: SiteRequest<Who>,
): Promise<SiteAnswer> {
  const [account, id, reach] = [accountOf(who), parameters.document ?? '', await reachOf?.(who)]
  const listed = (await documentbox.list(account, reach)).find((one) => one.id === id)
  const body = await documentbox.content(account, id, reach)
  if (body === undefined) throw await notTheirs(documentbox, accountOf(who))
  return { kind: 'file', contentType: 'application/pdf', name: `${listed?.number ?? id}.pdf`, body }
}

async function share<Who, Need>(
  { documentbox, accountOf, reachOf }: DocumentPagesOptions<Who, Need>,
  { who, parameters, form }: SiteRequest<Who>,
): Promise<SiteAnswer> {
  const [id, hours] = [parameters.document ?? '', Number(form.get('hours'))]
  const made = await documentbox.share(accountOf(who), id, hours, await reachOf?.(who))
  if (made === undefined) throw await notTheirs(documentbox, accountOf(who))
  return { kind: 'redirect', to: `/me/documents/${id}?shared#sharing` }
}

async function endShare<Who, Need>(
  { documentbox, accountOf, reachOf }: DocumentPagesOptions<Who, Need>,
  { who, parameters }: SiteRequest<Who>,
): Promise<SiteAnswer> {
  const id = parameters.document ?? ''
  await documentbox.endShare(accountOf(who), id, parameters.share ?? '', await reachOf?.(who))
  return { kind: 'redirect', to: `/me/documents/${id}#sharing` }
}
