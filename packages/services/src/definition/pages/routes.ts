import type { SiteRoute } from '@sapan/ui'
import { listPage } from './list-page.ts'
import type { AuthoringOptions } from './options.ts'
import { previewPage } from './preview-page.ts'

/** Three files at their largest, in text and as files. */
const MOST_BYTES = 3 * 1024 * 1024

/** Pages for those who write definitions, for the desk: `/desk/services` and below. */
export function authoringRoutes<Who, Need>(options: AuthoringOptions<Need>): SiteRoute<Who, Need>[] {
  const { needs } = options
  const path = '/desk/services/preview'
  return [
    {
      method: 'GET',
      path: '/desk/services',
      needs,
      handle: async ({ language }) => listPage(await options.entries(), language),
    },
    { method: 'GET', path, needs, handle: (request) => previewPage(options, request) },
    {
      method: 'POST',
      path,
      needs,
      uploadBytes: MOST_BYTES,
      handle: (request) => previewPage(options, request),
    },
  ]
}
