import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLogger, type Language } from '@sapan/kernel'
import { createSite, renderPage } from '@sapan/ui'
import { noticeRoutes } from '../../src/index.ts'
import type { NoticePagesOptions } from '../../src/pages/options.ts'
import { mailerTo, type PostOffice, postOffice } from '../post-office.ts'

export interface Shown {
  readonly status: number
  readonly text: string
  /** Where it leads. */
  readonly to: string
  readonly headers: Headers
}

/** A browser that somebody (an account, or nobody) is signed in with. */
export interface Browser {
  get(path: string, language?: Language): Promise<Shown>
  /** A form of the page that was looked at last; `key` instead of its own. */
  post(path: string, fields?: Record<string, string>, key?: string): Promise<Shown>
}

export interface Face extends AsyncDisposable {
  readonly here: PostOffice
  browser(account?: string): Browser
}

/** The person's pages of notices on a site of their own. Who has no account is sent to sign in. */
export async function face(
  chosen: Pick<NoticePagesOptions<string, string>, 'pushKey' | 'mayGet'> = {},
): Promise<Face> {
  const here = await postOffice({ mailer: mailerTo(1) })
  const server = createServer((request, response) => site.handler(request, response))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const site = createSite<string, string>({
    origin,
    cookiePrefix: 'test',
    cookieSecret: Buffer.alloc(32, 7),
    frame: ({ language, title, body, languages, scripts }) =>
      renderPage({ language, title, body: [body, scripts.join()], languages, home: '/' }),
    routes: noticeRoutes<string, string>({
      notices: here.notices,
      accountOf: (who) => who,
      needs: 'signed-in',
      scripts: ['push.js'],
      ...chosen,
    }),
    admit: ({ cookies }) => {
      const who = /who=([0-9a-f-]+)/.exec(cookies ?? '')?.[1]
      return who === undefined ? { kind: 'redirect', to: '/sign-in' } : { kind: 'in', who }
    },
    assets: new Map([
      ['/assets/push.js', { contentType: 'text/javascript', bytes: Buffer.from(''), etag: '"1"' }],
    ]),
    log: createLogger({ name: 'site', level: 'silent' }),
  })
  return {
    here,
    browser: (account) => browserAt(origin, account),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await site.close()
      await here[Symbol.asyncDispose]()
    },
  }
}

function browserAt(origin: string, account: string | undefined): Browser {
  const cookies = new Map(account === undefined ? [] : [['who', account]])
  let formKey = ''
  const call = async (path: string, init: RequestInit): Promise<Shown> => {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
    const headers = { cookie, ...init.headers }
    const response = await fetch(origin + path, { redirect: 'manual', ...init, headers })
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
      cookies.set(name, value)
    }
    const text = await response.text()
    formKey = /name="form-key" value="([^"]+)"/.exec(text)?.[1] ?? formKey
    return {
      status: response.status,
      text,
      to: response.headers.get('location') ?? '',
      headers: response.headers,
    }
  }
  return {
    get: (path, language = 'th') => call(path, { headers: { 'accept-language': language } }),
    post: (path, fields = {}, key = formKey) =>
      call(path, {
        method: 'POST',
        headers: { origin },
        body: new URLSearchParams({ ...fields, 'form-key': key }),
      }),
  }
}
