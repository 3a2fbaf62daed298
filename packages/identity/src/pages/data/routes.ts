import type { SiteRoute } from '@sapan/ui'
import { askAgain } from '../../proofing/ask-again.ts'
import type { Need, Visitor } from '../../visitor.ts'
import { dataFile } from './file.ts'
import type { DataPagesOptions } from './options.ts'
import { dataPage } from './page.ts'

/**
 * A person's page of what is kept about them: `/me/data`, all of it as a file (`/me/data/file`, with a fresh proof), and
 * asking the register again (`POST /me/data/ask`).
 */
export function dataPages(options: DataPagesOptions): SiteRoute<Visitor, Need>[] {
  const fresh: Need = { freshSeconds: options.freshSeconds }
  return [
    { method: 'GET', path: '/me/data', needs: {}, handle: (request) => dataPage(options, request) },
    { method: 'GET', path: '/me/data/file', needs: fresh, handle: (request) => dataFile(options, request) },
    {
      method: 'POST',
      path: '/me/data/ask',
      needs: {},
      handle: async ({ who }) => {
        await askAgain(options.ground, who)
        return { kind: 'redirect', to: '/me/data?asked' }
      },
    },
  ]
}
