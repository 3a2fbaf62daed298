import type { SiteMethod } from '@sapan/ui'
import type { Operation } from './api-attacks.ts'
import type { FaceRoute, OpenHouse } from './house.ts'

/** What programs of people call; attacked with a token, as `ApiSiege` has it. */
export const isApi = ({ face, path }: Pick<FaceRoute, 'face' | 'path'>): boolean =>
  face === 'portal' && /^\/api\/(services|applications)/.test(path)

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
}

interface Told {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<Record<string, { requestBody?: { content: Readonly<Record<string, { schema?: Schema }>> } }>>
    >
  >
}

/** What stands in an address, of somebody's own. */
export interface Ids {
  readonly draft: string
  readonly case: string
}

/**
 * The operations of one service: every route that the portal registered for the API, and of each what its OpenAPI document
 * says that it takes. Throws where a route is told nowhere.
 */
export async function operationsOf(open: OpenHouse, service: string, own: Ids): Promise<Operation[]> {
  const answer = await fetch(`${open.origins.portal}/api/services/${service}/openapi.json`)
  const told = (await answer.json()) as Told
  const definition = open.house.services?.ground.definitions.find(service)
  const fields = definition?.form.pages.flatMap((page) => page.fields) ?? []
  const files = fields.filter(({ type }) => type === 'file').map(({ id }) => id)
  const known: Readonly<Record<string, string>> = { service, ...own }
  return open.routes.filter(isApi).flatMap(({ method, path }) => {
    const target = path.replace(/:(\w+)/g, (_, name: string) => known[name] ?? 'x')
    const fits = Object.entries(told.paths).filter(
      ([at, operations]) => shapeOf(path, service).test(at) && method.toLowerCase() in operations,
    )
    const isUntold =
      path.endsWith('/openapi.json') ||
      (path.includes('/files') && files.length === 0) ||
      (path.endsWith('/appeal') && definition?.workflow.appeal === undefined) ||
      (path.endsWith('/disputes') && definition?.evidence.length === 0)
    if (fits.length === 0 && !isUntold) throw new Error(`${method} ${path} is told nowhere`)
    return [...new Set(fits.map(([at]) => at))].concat(fits.length === 0 ? [path] : []).map((at) => ({
      method,
      path,
      // A page's address has its name, and no braces.
      target: path.includes(':page') ? target.replace(/x$/, at.split('/').at(-1) ?? '') : target,
      members: membersOf(told, at, method),
      files: method === 'POST' && path.endsWith('/files') ? files : [],
    }))
  })
}

function shapeOf(path: string, service: string): RegExp {
  const parts = path
    .split('/')
    .map((part) => (part === ':service' ? service : part.replace(/^:\w+$/, '[^/]+')))
  return new RegExp(`^${parts.join('/')}$`)
}

function membersOf(
  { paths }: Told,
  at: string,
  method: SiteMethod,
): ReadonlyMap<string, readonly string[]> | undefined {
  const content = paths[at]?.[method.toLowerCase()]?.requestBody?.content
  const schema = content?.['application/json']?.schema
  if (schema === undefined) return undefined
  return new Map(
    Object.entries(schema.properties ?? {}).map(([name, inside]) => [
      name,
      Object.keys(inside.properties ?? inside.items?.properties ?? {}),
    ]),
  )
}
