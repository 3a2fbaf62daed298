import { type Language, Problem, type ProblemDocument, registeredProblems, type Text } from '@sapan/kernel'
import { operatorProblems } from './problems.ts'

/** One request to an operator's API in this process; Fastify's `inject` is one. */
export type Inject = (request: {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly url: string
  readonly headers: Record<string, string>
  readonly payload?: string
}) => Promise<{ readonly statusCode: number; readonly headers: object; readonly rawPayload: Buffer }>

export interface DoorOptions {
  readonly inject: Inject
  /** By which the API knows who asks, and for which members. */
  readonly token: string
  /** As the center's log of changes names whoever signed in. */
  readonly name: string
}

/**
 * The operator's API of a gateway or of the center, as one operator: what somebody may see and do is decided there, for pages and
 * programs alike. Throws the Problem that it answered with; `operator-signed-out` where the token holds no longer.
 */
export class AdminDoor {
  readonly #options: DoorOptions

  constructor(options: DoorOptions) {
    this.#options = options
  }

  async get<Answer>(path: string, query: Readonly<Record<string, string | undefined>> = {}): Promise<Answer> {
    const given = Object.entries(query).flatMap(([key, value]) =>
      value === undefined || value === '' ? [] : [[key, value]],
    )
    const search = new URLSearchParams(given)
    return (await this.#json('GET', search.size === 0 ? path : `${path}?${search}`)) as Answer
  }

  async post<Answer>(path: string, body: unknown): Promise<Answer> {
    return (await this.#json('POST', path, body)) as Answer
  }

  async delete(path: string): Promise<void> {
    await this.#json('DELETE', path)
  }

  /** How the process is, also where it is not well. */
  async health<Answer>(): Promise<Answer> {
    const { rawPayload } = await this.#options.inject({ method: 'GET', url: '/health', headers: {} })
    return JSON.parse(rawPayload.toString('utf8')) as Answer
  }

  /** A file as it comes. */
  async file(path: string): Promise<Buffer> {
    return await this.#call('GET', path)
  }

  async #json(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
    const answer = await this.#call(method, path, body)
    return answer.length === 0 ? undefined : JSON.parse(answer.toString('utf8'))
  }

  async #call(method: 'GET' | 'POST' | 'DELETE', url: string, body?: unknown): Promise<Buffer> {
    const { inject, token, name } = this.#options
    const { statusCode, rawPayload } = await inject({
      method,
      url,
      headers: {
        authorization: `Bearer ${token}`,
        'accept-language': 'en',
        'sapan-operator': name,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    })
    if (statusCode >= 400) throw problemIn(rawPayload)
    return rawPayload
  }
}

/** What the API refused with, to be shown as this site's own. It was asked in English; Thai stands beside it. */
function problemIn(payload: Buffer): Problem {
  const document = JSON.parse(payload.toString('utf8')) as ProblemDocument
  if (document.code === 'admin-token-required') return new Problem(operatorProblems['operator-signed-out'])
  const type = registeredProblems().get(document.code)
  if (type === undefined) throw new Error(`the operator's API answered with ${document.code}`)
  return new Problem(type, { detail: detailOf(document) })
}

function detailOf(document: ProblemDocument): Text {
  const thai = document.th as { readonly detail?: string } | undefined
  return { th: thai?.detail ?? document.detail, en: document.detail } satisfies Record<Language, string>
}
