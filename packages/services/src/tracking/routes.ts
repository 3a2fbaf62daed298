import type { Need, Visitor } from '@sapan/identity'
import type { SiteAnswer, SiteRoute } from '@sapan/ui'
import { applicationOf } from '../application/of-case.ts'
import { fileOfCase } from '../application/supplement.ts'
import { submissionProblem } from '../submission/problems.ts'
import { actingCase, casePage, ownCase, toCase } from './case-page.ts'
import { consentPage, takeConsent } from './consent-page.ts'
import { copyApplication } from './copy.ts'
import { applicationsPage } from './list-page.ts'
import type { TrackingOptions, TrackingRequest } from './options.ts'
import { mayPay, openPayment } from './payment-section.ts'
import { receiptPage } from './receipt-page.ts'
import { showReply, takeReply } from './reply/take-reply.ts'
import { provedPath, takeSubmission } from './submit-route.ts'
import { takeWords, wordsPage } from './words-page.ts'

/** How lately who signs jointly has proved that it is them, in seconds: never longer than identity asks for. */
const jointFreshSeconds = 60

/** Bytes of files that come with one reply at most. */
const mostUpload = 40 * 1024 * 1024

type Route = SiteRoute<Visitor, Need>
type Handle = (options: TrackingOptions, request: TrackingRequest) => Promise<SiteAnswer>

/**
 * A person's applications, for the portal: `/me/applications` with what lies below it, and the door of each service at
 * which its form is handed in.
 */
export function applicationRoutes(options: TrackingOptions): Route[] {
  const { needs, ground } = options
  const route = (method: 'GET' | 'POST', below: string, handle: Handle): Route => ({
    method,
    path: `/me/applications${below}`,
    needs,
    handle: (request) => handle(options, request),
  })
  const doings = (['withdraw', 'appeal'] as const).flatMap((doing) => [
    route('GET', `/:case/${doing}`, (_, request) => wordsPage(options, request, doing)),
    route('POST', `/:case/${doing}`, (_, request) => takeWords(options, request, doing)),
    {
      ...route('POST', `/:case/${doing}/proved`, (_, request) => takeWords(options, request, doing)),
      needs: { ...needs, freshSeconds: jointFreshSeconds },
    },
  ])
  return [
    route('GET', '', applicationsPage),
    route('GET', '/asked/:case', (_, request) => consentPage(options, request)),
    route('POST', '/asked/:case', takeConsent),
    route('GET', '/:case', casePage),
    route('GET', '/:case/receipt', receiptPage),
    route('GET', '/:case/pay', toPayment),
    route('GET', '/:case/files/:file', fileOf),
    route('POST', '/:case/copy', copyApplication),
    route('GET', '/:case/reply', showReply),
    { ...route('POST', '/:case/reply', takeReply), uploadBytes: mostUpload },
    ...doings,
    ...ground.definitions.current().flatMap(({ id, level }) =>
      (['submit', provedPath] as const).map(
        (door): Route => ({
          method: 'POST',
          path: `/services/${id}/drafts/:draft/${door}`,
          needs: { ...level, ...(door === provedPath && { freshSeconds: jointFreshSeconds }) },
          handle: (request) => takeSubmission(options, request, id),
        }),
      ),
    ),
  ]
}

/** To the page of what is still to be paid, for who may act. */
async function toPayment(options: TrackingOptions, request: TrackingRequest): Promise<SiteAnswer> {
  const { ground, paymentPage = (id: string) => `/me/payments/${id}` } = options
  const opened = await actingCase(options, request)
  const payment = opened && (await openPayment(ground, opened.found))
  const isTheirs = payment && (await mayPay(ground, request.who.account, payment))
  return payment === undefined || !isTheirs
    ? toCase(request)
    : { kind: 'redirect', to: paymentPage(payment.id) }
}

/** A file that was handed in or came with a reply; only one that the case names. */
async function fileOf(options: TrackingOptions, request: TrackingRequest): Promise<SiteAnswer> {
  const { drafts } = options
  const { found } = await ownCase(options, request)
  if (found.content === null) throw submissionProblem('application-not-found')
  const application = applicationOf(found)
  const file = fileOfCase(application, found.replies ?? [], request.parameters.file ?? '')
  const content = file && (await drafts.file({ id: application.draft }, file.id))
  if (file === undefined || content === undefined) throw submissionProblem('application-not-found')
  return { kind: 'file', contentType: file.mediaType, name: file.name, body: content }
}
