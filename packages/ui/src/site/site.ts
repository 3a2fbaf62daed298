import type { IncomingMessage, ServerResponse } from 'node:http'
import { Problem } from '@sapan/kernel'
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { uiAssets } from '../assets.ts'
import { siteProblems } from '../problems.ts'
import { answerAsset } from './asset-files.ts'
import { keepBody, readFields, readParts } from './form-body.ts'
import type { Surroundings } from './frame.ts'
import type { SiteOptions } from './options.ts'
import { PageService } from './page-service.ts'

/** A site of pages. It opens no socket: its handler is given to a server of `node:http` or `node:https`. */
export interface Site {
  handler(request: IncomingMessage, response: ServerResponse): void
  /** For a page that the face answers itself (a file of any size, for programs too): the site's frame for who asks. */
  surround(request: IncomingMessage): Promise<Surroundings>
  close(): Promise<void>
}

/** Of a form without files: ten thousand Thai letters, the most that a field takes, are 90 KB as browsers send them. */
const formBytes = 128 * 1024
const longestParameter = 500

/**
 * Makes a site of routes in one frame. Every form is held against its origin and its key; every answer has the headers
 * that keep it from being framed, sniffed or scripted; what goes wrong becomes a page that says what to do next.
 */
export function createSite<Who, Need>(options: SiteOptions<Who, Need>): Site {
  const { limits, proxies = [] } = options
  const most = limits?.formBytes ?? formBytes
  const app = fastify({
    trustProxy: proxies.length > 0 ? [...proxies] : false,
    bodyLimit: most,
    routerOptions: { maxParamLength: longestParameter },
    frameworkErrors: (error, request, reply) => {
      void service.fail(error, request, reply)
    },
  })
  const service = new PageService(options)
  readBodies(app)
  serveAssets(app, options)
  for (const route of options.routes) {
    app.route({
      method: route.method,
      url: route.path,
      bodyLimit: (route.uploadBytes ?? 0) + most,
      onRequest: async (request, reply) => {
        service.checkSender(route, request)
        const isUpload = route.uploadBytes !== undefined && route.machine !== true
        if (isUpload && !isSmall(request, most)) return await service.checkUploader(route, request, reply)
        if (route.uploadBytes !== undefined && !isSmall(request, most))
          return await service.answerBeforeBody(route, request, reply)
      },
      handler: (request, reply) => service.answer(route, request, reply),
    })
  }
  app.setNotFoundHandler((request, reply) => service.unknown(request, reply))
  app.setErrorHandler((error, request, reply) =>
    service.fail(unlessBrokenOff(error, request), request, reply),
  )
  const ready = app.ready()
  return {
    handler: (request, response) => {
      ready.then(
        () => app.routing(request, response),
        () => response.destroy(),
      )
    },
    surround: (request) => service.surround(request),
    close: () => app.close(),
  }
}

/** Whoever goes away while they send has made no fault of ours, though the connection has one. */
function unlessBrokenOff(error: unknown, { raw }: FastifyRequest): unknown {
  if (raw.complete || !raw.destroyed) return error
  return new Problem(siteProblems['form-malformed'], { cause: error })
}

/** As it says itself; Fastify holds it to that. */
function isSmall({ headers }: FastifyRequest, most: number): boolean {
  return Number(headers['content-length'] ?? Number.POSITIVE_INFINITY) <= most
}

/** What is neither a form nor JSON is refused by Fastify, which knows no other parser. */
function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    async (_request: unknown, body: Buffer) => readFields(body),
  )
  app.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => readParts(body, request.headers['content-type'] ?? ''),
  )
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (_request: unknown, body: Buffer) => keepBody(body),
  )
}

function serveAssets<Who, Need>(app: FastifyInstance, { assets }: SiteOptions<Who, Need>): void {
  for (const [path, asset] of new Map([...uiAssets(), ...(assets ?? [])])) {
    app.get(path, (request, reply) => {
      const answer = answerAsset(asset, {
        query: new URLSearchParams(request.url.split('?')[1] ?? ''),
        acceptEncoding: request.headers['accept-encoding'],
        ifNoneMatch: request.headers['if-none-match'],
      })
      reply.code(answer.status).headers({ ...answer.headers, 'x-content-type-options': 'nosniff' })
      return reply.send(answer.body)
    })
  }
}
