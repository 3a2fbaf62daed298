import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Need, Visitor } from '@sapan/identity'
import type { Language } from '@sapan/kernel'
import { createSite, renderPage } from '@sapan/ui'
import { formRoutes } from '../../src/pages/form/routes.ts'
import { applicationRoutes } from '../../src/tracking/routes.ts'
import { places } from '../form/made.ts'
import type { BoatOffice } from './office.ts'

export interface Shown {
  readonly status: number
  readonly text: string
  readonly to: string
}

export interface Portal extends AsyncDisposable {
  readonly origin: string
  /** With a mandate, while they act under it. */
  as(
    account: string,
    mandate?: string,
  ): {
    get(path: string, language?: Language): Promise<Shown>
    post(path: string, fields?: Record<string, string>, language?: Language): Promise<Shown>
    /** A form with files. */
    send(path: string, fields: Record<string, string>, files: Record<string, Uint8Array>): Promise<Shown>
  }
}

/** A person's forms and applications on a site of their own; a cookie says who looks. */
export async function portal(office: BoatOffice): Promise<Portal> {
  const server = createServer((request, response) => site.handler(request, response))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const pages = { ground: office.ground, drafts: office.drafts, places }
  const site = createSite<Visitor, Need>({
    origin,
    cookiePrefix: 'test',
    cookieSecret: Buffer.alloc(32, 7),
    frame: ({ language, title, body, languages }) =>
      renderPage({ language, title, body, languages, home: '/' }),
    routes: [...applicationRoutes({ ...pages, needs: {} }), ...formRoutes(pages)],
    admit: ({ cookies }) => {
      const account = /who=([0-9a-f-]+)/.exec(cookies ?? '')?.[1]
      const mandate = /acting=([^;]+)/.exec(cookies ?? '')?.[1]
      return account === undefined
        ? { kind: 'redirect', to: '/sign-in' }
        : { kind: 'in', who: visitor(account, office.at, mandate && decodeURIComponent(mandate)) }
    },
    log: office.ground.log,
  })
  return {
    origin,
    as: (account, mandate) => browserOf(origin, account, mandate),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await site.close()
    },
  }
}

function visitor(account: string, at: number, mandate?: string): Visitor {
  const level = { ial: '2.1', aal: '2.1' }
  const acting = mandate === undefined ? {} : { acting: { mandate, name: 'บริษัท เรือทอง จำกัด' } }
  return { account, name: 'มะลิ ใจดี', session: 'session', level, authenticatedAt: at, ...acting }
}

function browserOf(origin: string, account: string, mandate?: string) {
  const cookies = new Map([['who', account]])
  if (mandate !== undefined) cookies.set('acting', encodeURIComponent(mandate))
  let formKey = ''
  const call = async (path: string, init: RequestInit): Promise<Shown> => {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
    const response = await fetch(origin + path, {
      redirect: 'manual',
      ...init,
      headers: { cookie, ...init.headers },
    })
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
      cookies.set(name, value)
    }
    const text = await response.text()
    formKey = /name="form-key" value="([^"]+)"/.exec(text)?.[1] ?? formKey
    return { status: response.status, text, to: response.headers.get('location') ?? '' }
  }
  return {
    get: (path: string, language: Language = 'th') =>
      call(path, { headers: { 'accept-language': language } }),
    post: (path: string, fields: Record<string, string> = {}, language: Language = 'th') =>
      call(path, {
        method: 'POST',
        headers: { origin, 'accept-language': language },
        body: new URLSearchParams({ ...fields, 'form-key': formKey }),
      }),
    send: (path: string, fields: Record<string, string>, files: Record<string, Uint8Array>) => {
      const body = new FormData()
      for (const [name, value] of Object.entries({ ...fields, 'form-key': formKey })) body.append(name, value)
      for (const [name, bytes] of Object.entries(files))
        body.append(name, new Blob([Uint8Array.from(bytes)]), `${name}.png`)
      return call(path, { method: 'POST', headers: { origin }, body })
    },
  }
}
