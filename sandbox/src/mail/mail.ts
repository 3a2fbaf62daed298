import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Server } from 'node:net'
import { Letters, type LettersLimits } from './letters.ts'
import { letterPage, listPage, missingPage } from './page.ts'
import { mailSink } from './sink.ts'

export interface SandboxMailOptions {
  /** Of the page: `http://localhost:4411`. Requests that name another host are refused. */
  readonly origin: string
  readonly clock?: () => number
  /** 200 letters and 16 MiB by default. */
  readonly limits?: LettersLimits
}

export interface SandboxMail {
  /** Not listening yet: whoever composes it listens on the loopback, and tells the sender that port. */
  readonly smtp: Server
  /** The page with the letters, at the origin. */
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void
  close(): Promise<void>
}

const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
/** What a sender wrote: shown, never run, and without reaching anything (no images from elsewhere). */
const LETTER_POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

/**
 * The sandbox's stand-in of an operator's mail system: takes letters by SMTP, passes none on, and shows them on a page.
 * They lie in memory, the oldest going first.
 */
export function createSandboxMail({ origin, clock = Date.now, limits }: SandboxMailOptions): SandboxMail {
  const letters = new Letters(limits ?? { letters: 200, bytes: 16 * 2 ** 20 }, clock)
  const sink = mailSink(letters)
  const { host } = new URL(origin)
  return {
    smtp: sink.server,
    handler(request, response) {
      if (request.headers.host !== host) {
        reply(request, response, 421, missingPage())
        return
      }
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.setHeader('allow', 'GET, HEAD')
        reply(request, response, 405, missingPage())
        return
      }
      const { status, html, policy } = shown(letters, request.url ?? '/')
      reply(request, response, status, html, policy)
    },
    close: () => new Promise((resolve) => sink.close(() => resolve())),
  }
}

interface Shown {
  readonly status: number
  readonly html: string
  readonly policy?: string
}

/** What an address of ours shows. */
function shown(letters: Letters, address: string): Shown {
  const [path, query] = address.split('?', 2)
  const to = new URLSearchParams(query).get('to') ?? undefined
  if (path === '/') return { status: 200, html: listPage(letters.list(to), letters.recipients(), to) }
  const [, id = '', html] = /^\/letters\/([0-9a-f-]{36})(\/html)?$/.exec(path ?? '') ?? []
  const letter = letters.find(id)
  if (letter === undefined) return { status: 404, html: missingPage() }
  if (html === undefined) return { status: 200, html: letterPage(letter) }
  return { status: 200, html: letter.html, policy: LETTER_POLICY }
}

function reply(
  { method }: IncomingMessage,
  response: ServerResponse,
  status: number,
  html: string,
  policy: string = PAGE_POLICY,
): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
  response.end(method === 'HEAD' ? undefined : html)
}
