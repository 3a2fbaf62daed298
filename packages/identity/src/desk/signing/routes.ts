import { Problem } from '@sapan/kernel'
import type { SiteAnswer, SiteRequest, SiteRoute } from '@sapan/ui'
import type { OfficersCountry } from '../../officers/country.ts'
import { signingRoomProblems } from '../../problems/signing.ts'
import type { DocumentSigning } from '../../signing/documents.ts'
import type { SigningElsewhere } from '../../signing/elsewhere.ts'
import { deskReturn, type Signing } from '../../signing/signing.ts'
import type { Need, Visitor } from '../../visitor.ts'
import { officerOf } from '../officer-of.ts'
import { confirmPage, documentPage, signingPage } from './pages.ts'
import { goOn, phonePage, sendToPhone } from './phone-page.ts'

export interface SigningRoutesOptions {
  readonly signing: Signing
  readonly documents: DocumentSigning
  readonly elsewhere: SigningElsewhere
  readonly country: Pick<OfficersCountry, 'signer' | 'signing'>
}

type Request = SiteRequest<Visitor>
type Handle = (request: Request) => Promise<SiteAnswer> | SiteAnswer

const fileBytes = 20 * 1024 * 1024

/** `/desk/signing…`: documents that an officer signs, and what signature applications ask them to confirm. */
export function signingRoutes(options: SigningRoutesOptions): SiteRoute<Visitor, Need>[] {
  const { documents, country } = options
  const needs: Need = { duties: [country.signer] }
  const route = (method: 'GET' | 'POST', path: string, handle: Handle) => ({ method, path, needs, handle })
  const own = ({ who, parameters }: Request) => documents.find(who.account, parameters.document ?? '')
  return [
    route('GET', '/desk/signing', async (request) =>
      signingPage(await documents.list(request.who.account), request),
    ),
    { ...route('POST', '/desk/signing', (request) => begin(options, request)), uploadBytes: fileBytes },
    ...confirmRoutes(options),
    route('GET', deskReturn, async ({ who, query }) => {
      const { id, about } = await documents.finish(who, query)
      return { kind: 'redirect', to: about.back ?? `/desk/signing/documents/${id}` }
    }),
    route('GET', '/desk/signing/documents/:document', async (request) =>
      documentPage(await own(request), request.language),
    ),
    route('GET', '/desk/signing/documents/:document/file', async (request) => {
      const { content, about, state } = await own(request)
      if (state !== 'signed') throw new Problem(signingRoomProblems['signing-document-not-found'])
      return { kind: 'file', contentType: 'application/pdf', name: about.name, body: content }
    }),
  ]
}

/** How the officer confirms: here, or on a device of their own. */
function confirmRoutes({ country, ...options }: SigningRoutesOptions): SiteRoute<Visitor, Need>[] {
  const { signing, elsewhere } = options
  const needs: Need = { duties: [country.signer] }
  // However lately they proved themselves: for this they do it anew.
  const fresh: Need = {
    ...needs,
    ...{ aal: country.signing.aal, freshSeconds: 0 },
    provedSince: async ({ target }) => (await signing.show(ticketIn(target))).askedAt,
  }
  const one = '/desk/signing/confirm/:ticket'
  const route = (method: 'GET' | 'POST', path: string, handle: Handle, need = needs) => ({
    method,
    path: one + path,
    needs: need,
    handle,
  })
  return [
    route('GET', '', (request) => confirm(signing, request, false)),
    // The face has the officer prove themselves on the way to this page.
    route('GET', '/proved', (request) => confirm(signing, request, true), fresh),
    route('POST', '', (request) => sign(signing, request)),
    route('POST', '/decline', async ({ parameters }) => ({
      kind: 'redirect',
      to: await signing.decline(parameters.ticket ?? ''),
    })),
    route('POST', '/phone', (request) => sendToPhone(elsewhere, request)),
    route('GET', '/phone', (request) => phonePage(elsewhere, request)),
    route('POST', '/phone/done', (request) => goOn(elsewhere, request)),
  ]
}

/** `/desk/signing/confirm/<ticket>/proved`. */
function ticketIn(target: string): string {
  return /\/confirm\/([^/?]+)/.exec(target)?.[1] ?? ''
}

async function begin({ documents }: SigningRoutesOptions, request: Request): Promise<SiteAnswer> {
  const { files, form, language, who } = request
  const file = files?.get('file')
  if (!file || file.bytes.length === 0) throw new Problem(signingRoomProblems['signing-file-missing'])
  const { confirm: address } = await documents.begin(officerOf(who), {
    name: file.filename ?? '',
    bytes: file.bytes,
    reason: form.get('reason') ?? '',
    isVisible: form.get('visible') === 'yes',
    language,
  })
  return { kind: 'redirect', to: address }
}

async function confirm(
  signing: Signing,
  { parameters, language, formKey, who }: Request,
  isProved: boolean,
): Promise<SiteAnswer> {
  const ticket = parameters.ticket ?? ''
  const found = await signing.show(ticket)
  const isSince = isProved && who.authenticatedAt + 1000 > found.askedAt
  return confirmPage(ticket, found, { language, formKey, isProved: isSince })
}

async function sign(signing: Signing, { parameters, who }: Request): Promise<SiteAnswer> {
  return { kind: 'redirect', to: await signing.confirm(parameters.ticket ?? '', who) }
}
