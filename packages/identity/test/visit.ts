import type { SiteAnswer, SiteRoute } from '@sapan/ui'
import { h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { Need, Visitor } from '../src/visitor.ts'

export interface Visit {
  readonly form?: Readonly<Record<string, string | readonly string[]>>
  readonly query?: string
  readonly language?: 'th' | 'en'
}

/** Visits pages as a face would hand requests to them. Whether a visitor may come in is the face's. */
export function visitor(routes: readonly SiteRoute<Visitor, Need>[]) {
  return async (
    who: Visitor,
    [method, path]: ['GET' | 'POST', string],
    { form = {}, query = '', language = 'en' }: Visit = {},
  ): Promise<SiteAnswer> => {
    const route = routes.find((one) => one.method === method && pattern(one.path).test(path))
    if (!route) throw new Error(`no page at ${path}`)
    return await route.handle({
      method,
      path,
      parameters: { ...pattern(route.path).exec(path)?.groups },
      query: new URLSearchParams(query),
      form: new URLSearchParams(
        Object.entries(form).flatMap(([name, values]) => [values].flat().map((value) => [name, value])),
      ),
      language,
      who,
      formKey: h('input', { type: 'hidden', name: 'key', value: 'k' }),
      userAgent: '',
      address: '127.0.0.1',
    })
  }
}

const pattern = (path: string) => new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`)

/** What the page shows, or where it leads. */
export function shown(answer: SiteAnswer): string {
  if (answer.kind === 'redirect') return `to ${answer.to}`
  if (answer.kind !== 'page') throw new Error(answer.kind)
  return renderToString(h('main', null, answer.body))
}
