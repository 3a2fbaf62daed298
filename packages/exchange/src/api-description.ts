import type { FastifyInstance, RouteOptions } from 'fastify'
import type { TSchema } from 'typebox'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The media type of the route's bodies, where they are not JSON. */
    takes?: string
  }
}

/** Where an app tells what it has. */
export const apiDescriptionPath = '/v1/openapi.json'

interface ObjectSchema extends TSchema {
  readonly properties?: Readonly<Record<string, TSchema>>
  readonly required?: readonly string[]
}

interface Described {
  readonly method: string
  readonly url: string
  readonly params?: ObjectSchema
  readonly query?: ObjectSchema
  readonly body?: TSchema
  /** The media type of the body. */
  readonly takes: string
}

/**
 * Answers `GET /v1/openapi.json` with an OpenAPI 3.1 document of every route that the app gets from now on, made from the schemas
 * by which they are held. `token`: whether they want a bearer token.
 */
export function describeRoutes(app: FastifyInstance, title: string, { token }: { token: boolean }): void {
  const routes: Described[] = []
  app.addHook('onRoute', (route) => {
    // Fastify's own answers to HEAD, and pages for people.
    if (route.method !== 'HEAD' && !route.url.includes('*')) routes.push(...described(route))
  })
  app.get(apiDescriptionPath, { config: { needs: 'look' } }, async (_request, reply) =>
    reply.type('application/json;charset=utf-8').send(JSON.stringify(document(title, routes, token))),
  )
}

function described({ method, url, schema, config }: RouteOptions): Described[] {
  const {
    params,
    querystring: query,
    body,
  } = (schema ?? {}) as {
    params?: ObjectSchema
    querystring?: ObjectSchema
    body?: TSchema
  }
  const held = { ...(params && { params }), ...(query && { query }), ...(body && { body }) }
  const takes = config?.takes ?? 'application/json'
  return [method].flat().map((one) => ({ method: one.toLowerCase(), url, ...held, takes }))
}

function document(title: string, routes: readonly Described[], token: boolean): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    const path = route.url.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: { title, version: '1' },
    ...(token && { security: [{ token: [] }] }),
    paths,
    components: { securitySchemes: token ? { token: { type: 'http', scheme: 'bearer' } } : {} },
  }
}

function operation({ method, url, params, query, body, takes }: Described): object {
  const inPath = [...url.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: params?.properties?.[name] ?? { type: 'string' },
  }))
  const inQuery = Object.entries(query?.properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: query?.required?.includes(name) ?? false,
    schema,
  }))
  return {
    operationId: `${method} ${url}`,
    parameters: [...inPath, ...inQuery],
    ...(body && { requestBody: { required: true, content: { [takes]: { schema: body } } } }),
    responses: {
      '2XX': { description: 'done' },
      default: { description: 'refused', content: { 'application/problem+json': {} } },
    },
  }
}
