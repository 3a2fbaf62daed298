import type { Need, Visitor } from '@sapan/identity'
import type { SiteAnswer, SiteRoute } from '@sapan/ui'
import { handedIn } from '../application/handed-in.ts'
import { applicationOf } from '../application/of-case.ts'
import { submissionProblem } from '../submission/problems.ts'
import { casePage, ownCase } from './case-page.ts'
import { consentPage, takeConsent } from './consent-page.ts'
import { copyApplication } from './copy.ts'
import { applicationsPage } from './list-page.ts'
import type { TrackingOptions, TrackingRequest } from './options.ts'
import { receiptPage } from './receipt-page.ts'
import { provedPath, takeSubmission } from './submit-route.ts'
import { takeWords, wordsPage } from './words-page.ts'

/** How lately who signs jointly has proved that it is them, in seconds: never longer than identity asks for. */
const jointFreshSeconds = 60

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
  const doings = (['reply', 'withdraw', 'appeal'] as const).flatMap((doing) => [
    route('GET', `/:case/${doing}`, (_, request) => wordsPage(options, request, doing)),
    route('POST', `/:case/${doing}`, (_, request) => takeWords(options, request, doing)),
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

/** To the page of what is still to be paid. */
async function toPayment(options: TrackingOptions, request: TrackingRequest): Promise<SiteAnswer> {
  const { ground, paymentPage = (id: string) => `/me/payments/${id}` } = options
  const { found } = await ownCase(options, request)
  for (const what of ['fee', 'payment', 'appeal/payment']) {
    const payment = await ground.payments.byReference(`case:${found.id}:${what}`)
    if (payment?.state === 'waiting' || payment?.state === 'partly-paid')
      return { kind: 'redirect', to: paymentPage(payment.id) }
  }
  return { kind: 'redirect', to: `/me/applications/${found.id}` }
}

/** A file that was handed in; only one that the case names. */
async function fileOf(options: TrackingOptions, request: TrackingRequest): Promise<SiteAnswer> {
  const { ground, drafts } = options
  const { found } = await ownCase(options, request)
  const definition = ground.definitions.version(found.service, found.version)
  if (definition === undefined || found.content === null) throw submissionProblem('application-not-found')
  const application = applicationOf(found)
  const day = ground.days.dateOf(application.submittedAt)
  const { files } = handedIn(definition, application, { day, language: request.language })
  const file = files.find(({ id }) => id === request.parameters.file)
  const content = file && (await drafts.file({ id: application.draft }, file.id))
  if (file === undefined || content === undefined) throw submissionProblem('application-not-found')
  return { kind: 'file', contentType: file.mediaType, name: file.name, body: content }
}
