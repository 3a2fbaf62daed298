import type { SiteRoute } from '@sapan/ui'
import { questionDuty } from '../../usage/usage.ts'
import type { Need, Visitor } from '../../visitor.ts'
import { accessPage, decided } from './access-page.ts'
import { listPage } from './list-page.ts'
import { type AccessPagesOptions, accessPath } from './options.ts'

/** The pages of data-protection officers: `/desk/access…`. */
export function accessRoutes(options: AccessPagesOptions): SiteRoute<Visitor, Need>[] {
  const needs: Need = { duties: [questionDuty] }
  const one = `${accessPath}/:task`
  return [
    { method: 'GET', path: accessPath, needs, handle: (request) => listPage(options, request) },
    { method: 'GET', path: one, needs, handle: (request) => accessPage(options, request) },
    { method: 'POST', path: one, needs, handle: (request) => decided(options, request) },
  ]
}
