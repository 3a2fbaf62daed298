import { listPage } from './list-page.ts'
import { type WaitingPagesOptions, type WaitingRoute, waitingPath } from './options.ts'
import { questionPage, questionSent } from './question-page.ts'

/** What was asked of a person from elsewhere, for them to decide: `/me/waiting…`. */
export function waitingRoutes(options: WaitingPagesOptions): WaitingRoute[] {
  const one = `${waitingPath}/:question`
  const fresh = { freshSeconds: options.freshSeconds }
  return [
    { method: 'GET', path: waitingPath, needs: {}, handle: (request) => listPage(options, request) },
    { method: 'GET', path: one, needs: fresh, handle: (request) => questionPage(options, request) },
    { method: 'POST', path: one, needs: fresh, handle: (request) => questionSent(options, request) },
  ]
}
