import type { SiteRoute } from '@sapan/ui'
import type { Need, Visitor } from '../../visitor.ts'
import { askPage, askSent } from './ask-page.ts'
import { begin, doSent, end, helpPage } from './help-page.ts'
import { type HelpingPagesOptions, helpingPath } from './options.ts'

export type { HelpingPagesOptions } from './options.ts'

type Route = SiteRoute<Visitor, Need>

/** The helper's pages at the desk: `/desk/helping…`. */
export function helpingRoutes(options: HelpingPagesOptions): Route[] {
  const needs: Need = { duties: [options.country.helper.duty] }
  const one = `${helpingPath}/:request`
  const get = (path: string, handle: Route['handle']): Route => ({ method: 'GET', path, needs, handle })
  const post = (path: string, handle: Route['handle']): Route => ({ method: 'POST', path, needs, handle })
  return [
    get(helpingPath, (request) => askPage(options, request)),
    post(helpingPath, (request) => askSent(options, request)),
    get(one, (request) => helpPage(options, request)),
    post(`${one}/begin`, (request) => begin(options, request)),
    post(`${one}/act`, (request) => doSent(options, request)),
    post(`${one}/end`, (request) => end(options, request)),
  ]
}
