import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerAsset, uiAssets } from '@sapan/ui'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

const fonts = /^\/assets\/[a-z0-9-]+\.woff2$/

/** A stand-in's pages, with the fonts of the look beside them: it knows only the country and its own pages. */
export function withFonts(pages: Handler): Handler {
  return (request, response) => {
    const [path = '', query] = (request.url ?? '').split('?', 2)
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    const font = isRead && fonts.test(path) ? uiAssets().get(path) : undefined
    if (font === undefined) return pages(request, response)
    const { status, headers, body } = answerAsset(font, {
      query: new URLSearchParams(query),
      acceptEncoding: request.headers['accept-encoding'],
      ifNoneMatch: request.headers['if-none-match'],
    })
    response.writeHead(status, { ...headers, 'x-content-type-options': 'nosniff' })
    response.end(request.method === 'HEAD' ? undefined : body)
  }
}
