import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { exchangeProblem } from './problems.ts'

/** What shows `/problems/…` and its assets: `publicPages` of the package `ui`, with the folder of the texts. */
export type PublicPages = (request: {
  readonly method: string
  readonly target: string
  readonly acceptLanguage?: string | undefined
  readonly ifNoneMatch?: string | undefined
}) =>
  | {
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: Buffer
    }
  | undefined

/** The pages to which a problem's `type` points. */
export function pageRoutes(app: FastifyInstance, pages: PublicPages | undefined): void {
  const show = (request: FastifyRequest, reply: FastifyReply) => {
    const answer = pages?.({
      method: request.method,
      target: request.url,
      acceptLanguage: request.headers['accept-language'],
      ifNoneMatch: request.headers['if-none-match'],
    })
    if (!answer) throw exchangeProblem('resource-unknown')
    return reply
      .code(answer.status)
      .headers({ ...answer.headers })
      .send(answer.body)
  }
  app.get('/problems', async (request, reply) => show(request, reply))
  app.get('/problems/:code', async (request, reply) => show(request, reply))
  app.get('/assets/*', async (request, reply) => show(request, reply))
}
