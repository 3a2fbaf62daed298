import { actPage, actSent, fieldPage, fieldSent } from './act-page.ts'
import { answerPage, answerSent, endPage, helpPage, helpSent } from './answer-pages.ts'
import { declarePage, declareSent, documentFile, documentMade } from './declare-pages.ts'
import { jointPage, jointSent } from './joint-page.ts'
import { overviewPage } from './overview-page.ts'
import { type MandatePagesOptions, type MandateRoute, redirect } from './parts.ts'
import { proposeNext, proposeStart } from './propose-pages.ts'

/** The pages of acting for others: `/me/mandates…`. Who gives or confirms has proved lately that it is them. */
export function mandateRoutes(options: MandatePagesOptions): MandateRoute[] {
  const { mandates, country } = options
  const fresh = { freshSeconds: country.confirmation.freshSeconds }
  const confirming = { freshSeconds: country.joint.freshSeconds }
  const root = '/me/mandates'
  const get = (path: string, handle: MandateRoute['handle'], needs = {}): MandateRoute => ({
    method: 'GET',
    path: `${root}${path}`,
    needs,
    handle,
  })
  const post = (path: string, handle: MandateRoute['handle'], needs = {}): MandateRoute => ({
    method: 'POST',
    path: `${root}${path}`,
    needs,
    handle,
  })
  return [
    get('', (request) => overviewPage(options, request)),
    get('/give', (request) => proposeStart(options, request, 'give'), fresh),
    post('/give', (request) => proposeNext(options, request, 'give'), fresh),
    get('/ask', (request) => proposeStart(options, request, 'ask')),
    post('/ask', (request) => proposeNext(options, request, 'ask')),
    get('/answer/:proposal', (request) => answerPage(options, request), fresh),
    post('/answer/:proposal', (request) => answerSent(options, request), fresh),
    post('/take-back/:proposal', async ({ who, parameters }) => {
      await mandates.proposals.takeBack(who, parameters.proposal ?? '')
      return redirect(root)
    }),
    get('/end/:mandate', endPage),
    post('/end/:mandate', async ({ who, parameters }) => {
      await mandates.withdraw(who, parameters.mandate ?? '')
      return redirect(root)
    }),
    get('/joint/new', (request) => declarePage(options, request), confirming),
    post('/joint/new', (request) => declareSent(options, request), confirming),
    get('/joint/:act/document', (request) => documentFile(options, request)),
    post('/joint/:act/document', (request) => documentMade(options, request), confirming),
    get('/joint/:act', (request) => jointPage(options, request), confirming),
    post('/joint/:act', (request) => jointSent(options, request), confirming),
    get('/help/:request', (request) => helpPage(options, request), fresh),
    post('/help/:request', (request) => helpSent(options, request), fresh),
    get('/act', (request) => actPage(options, request)),
    post('/act', (request) => actSent(options, request)),
    get('/code', (request) => fieldPage('code', request)),
    post('/code', (request) => fieldSent(options, 'code', request)),
    get('/child', (request) => fieldPage('child', request)),
    post('/child', (request) => fieldSent(options, 'child', request)),
  ]
}
