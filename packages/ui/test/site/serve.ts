import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLogger } from '@sapan/kernel'
import { h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { createSite, type SiteOptions } from '../../src/index.ts'

export interface ServedSite {
  readonly origin: string
  /** Every line that was logged. */
  readonly logged: string[]
  close(): Promise<void>
}

/** Whoever has a cookie named `who` is that person. */
export type Who = string | undefined

/** A site on a free port of this machine, in a frame of nothing but what it is told. */
export async function serveSite(options: Partial<SiteOptions<Who, string>> = {}): Promise<ServedSite> {
  const logged: string[] = []
  const server = createServer((request, response) => site.handler(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const site = createSite<Who, string>({
    origin,
    cookiePrefix: 'test',
    cookieSecret: Buffer.alloc(32, 7),
    frame: ({ language, title, body, who, scripts, languages }) =>
      renderToString(
        h(
          'html',
          { lang: language },
          h('title', null, title),
          h('a', { href: languages.en }, `who=${who ?? ''} scripts=${scripts.join()}`),
          body,
        ),
      ),
    routes: [],
    admit: ({ cookies }) => ({ kind: 'in', who: /who=(\w+)/.exec(cookies ?? '')?.[1] }),
    log: createLogger({ name: 'site', destination: { write: (line: string) => void logged.push(line) } }),
    ...options,
  })
  return {
    origin,
    logged,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await site.close()
    },
  }
}
