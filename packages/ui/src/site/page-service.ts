import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { isDatabaseDown, Problem } from '@sapan/kernel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type ComponentChild, h } from 'preact'
import { assetAddress } from '../assets.ts'
import { siteProblems } from '../problems.ts'
import { methodsByPath, programRooms } from './addresses.ts'
import { createCookies, type SiteCookies } from './cookies.ts'
import { busyProblem, Crowd, isReading } from './crowd.ts'
import { bodyProblem, emptyForm, type SentForm } from './form-body.ts'
import { formKeyField, formKeyOf, isFormKey } from './form-key.ts'
import type { Surroundings } from './frame.ts'
import { commonHeaders, contentPolicy, pageHeaders } from './headers.ts'
import { languageAddresses } from './language.ts'
import type { SiteOptions } from './options.ts'
import { isFromHere } from './origin-check.ts'
import { type Asked, enter, type Passage, userAgentOf, visitOf } from './passage.ts'
import { problemBody, problemJson, wantsJson } from './problem-page.ts'
import { disposition, locationOf, type Outgoing, sendAnswer } from './replies.ts'
import type { SiteAnswer, SitePage, SiteRequest, SiteRoute } from './route.ts'

const mostAtOnce = 1_000

/** Takes requests to routes, and answers with what the routes' handlers say. */
export class PageService<Who, Need> {
  readonly #options: SiteOptions<Who, Need>
  readonly #cookies: SiteCookies
  readonly #common: Readonly<Record<string, string>>
  readonly #methods: (path: string) => string[]
  readonly #crowd: Crowd
  readonly #isForPrograms: (path: string) => boolean

  constructor(options: SiteOptions<Who, Need>) {
    this.#options = options
    this.#crowd = new Crowd(options.limits?.atOnce ?? mostAtOnce)
    this.#cookies = createCookies(options.origin, options.cookiePrefix)
    this.#common = commonHeaders(options.origin)
    this.#methods = methodsByPath(options.routes)
    this.#isForPrograms = programRooms(options.routes)
  }

  /** Before the body is read. Throws `form-from-elsewhere`. */
  checkSender(route: SiteRoute<Who, Need>, { headers }: FastifyRequest): void {
    if (route.method === 'GET' || route.machine === true) return
    if (!isFromHere(headers, this.#options.origin)) throw new Problem(siteProblems['form-from-elsewhere'])
  }

  /**
   * Also before: who sends what is larger than a form without files. Strangers’ files would fill the memory. Answers those
   * who have to sign in first; throws what `admit` throws.
   */
  async checkUploader(
    route: SiteRoute<Who, Need>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply | undefined> {
    const passage = enter<Who>(request, this.#cookies)
    const admitted = await this.#options.admit(visitOf(route.method, passage, emptyForm), route.needs)
    if (admitted.kind === 'in') return undefined
    return sendAnswer(request, reply, this.#outgoing(admitted, passage))
  }

  /** What a program’s headers alone say is answered before its files come. */
  async answerBeforeBody(
    route: SiteRoute<Who, Need>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply | undefined> {
    if (route.beforeBody === undefined) return undefined
    const passage = enter<Who>(request, this.#cookies)
    const raw = { request: request.raw, response: reply.raw }
    const answer = await route.beforeBody({ method: route.method, path: passage.path, raw })
    return answer === undefined ? undefined : sendAnswer(request, reply, this.#outgoing(answer, passage))
  }

  async answer(
    route: SiteRoute<Who, Need>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const passage = enter<Who>(request, this.#cookies)
    // Programs keep no cookies.
    if (route.machine === true) passage.cookies.length = 0
    const leave = this.#crowd.enter()
    try {
      if (this.#crowd.isTooLarge && route.method === 'GET') throw busyProblem(route.method)
      refuseNul(request, passage)
      const sent = this.#sentForm(route, request, passage)
      const admitted = await this.#options.admit(visitOf(route.method, passage, sent), route.needs)
      if (admitted.kind === 'redirect') return sendAnswer(request, reply, this.#outgoing(admitted, passage))
      passage.cookies.push(...(admitted.cookies ?? []))
      passage.who = admitted.who
      const answer = await route.handle(this.#siteRequest(route, passage, sent, admitted.who, reply))
      if (answer.kind === 'answered') return reply.hijack()
      return sendAnswer(request, reply, this.#outgoing(answer, passage))
    } catch (error) {
      await this.#learnRefused(error, passage)
      return this.#sendFailure(error, passage, reply)
    } finally {
      leave()
    }
  }

  /** What no route is at, or none for this method. */
  async unknown(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const passage = await this.#enterWithWho(request)
    const methods = this.#methods(passage.path)
    const code = methods.length > 0 ? 'page-method-unsupported' : 'page-unknown'
    if (methods.length > 0) reply.header('allow', methods.join(', '))
    return this.#sendFailure(new Problem(siteProblems[code]), passage, reply)
  }

  /** What goes wrong before a handler runs: bodies too large, of another type, from elsewhere. */
  async fail(error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    // Of a method that no route has (QUERY), Fastify looks at the body before it looks for the route.
    if (request.is404) return this.unknown(request, reply)
    return this.#sendFailure(error, await this.#enterWithWho(request), reply)
  }

  #sendFailure(error: unknown, passage: Passage<Who>, reply: FastifyReply): FastifyReply {
    try {
      return sendAnswer(passage.request, reply, this.#failure(error, passage))
    } catch (cause) {
      // Not even the frame can be drawn.
      this.#options.log.error({ err: cause }, 'no page for a failure')
      return reply
        .code(500)
        .type('text/plain; charset=utf-8')
        .send('ระบบของเราทำงานผิดพลาด · Something went wrong')
    }
  }

  /** For the frame of a page that no route answers; that it cannot be told who is there must not hide what is wrong. */
  async #enterWithWho(request: FastifyRequest): Promise<Passage<Who>> {
    const passage = enter<Who>(request, this.#cookies)
    await this.#learnWho(passage)
    return passage
  }

  /** Who is refused before it is known who they are (a duty is missing, a form is too old) still has their own frame. */
  async #learnRefused(error: unknown, passage: Passage<Who>): Promise<void> {
    const isRefusal = error instanceof Problem && error.type.status < 500
    if (isRefusal && passage.who === undefined && !this.#isForPrograms(passage.path))
      await this.#learnWho(passage)
  }

  async #learnWho(passage: Passage<Who, Asked>): Promise<void> {
    try {
      const admitted = await this.#options.admit(visitOf('GET', passage, emptyForm), undefined)
      if (admitted.kind === 'in') passage.who = admitted.who
    } catch (error) {
      this.#options.log.warn({ err: error }, 'who visits is not known')
    }
  }

  /** What stands around a page that no route answers. */
  async surround({ url = '/', headers, socket }: IncomingMessage): Promise<Surroundings> {
    const passage = enter<Who, Asked>({ url, headers, ip: socket.remoteAddress ?? '' }, this.#cookies)
    await this.#learnWho(passage)
    const { language, path, who, cookies } = passage
    return {
      language,
      cookies,
      formTargets: this.#options.formTargets ?? [],
      frame: (page) => this.#options.frame({ ...page, language, path, who, formKey: this.#formKey(passage) }),
    }
  }

  #sentForm(route: SiteRoute<Who, Need>, request: FastifyRequest, passage: Passage<Who>): SentForm {
    if (route.method === 'GET') return emptyForm
    const sent = (request.body as SentForm | undefined) ?? emptyForm
    if ([...sent.fields].flat().some(hasNul)) throw new Problem(siteProblems['form-malformed'])
    const type = request.headers['content-type'] ?? ''
    const isJson = sent.body !== undefined && route.machine !== true
    if (isJson || (route.uploadBytes === undefined && /^multipart\//i.test(type))) {
      throw new Problem(siteProblems['form-type-unsupported'])
    }
    if (route.machine === true) return sent
    const { cookieSecret } = this.#options
    if (!isFormKey(cookieSecret, passage.browser, sent.fields.get(formKeyField))) {
      throw new Problem(siteProblems['form-expired'])
    }
    sent.fields.delete(formKeyField)
    return sent
  }

  #siteRequest(
    { method }: SiteRoute<Who, Need>,
    passage: Passage<Who>,
    { fields, files, body }: SentForm,
    who: Who,
    reply: FastifyReply,
  ): SiteRequest<Who> {
    const { request, path, query, language } = passage
    return {
      method,
      path,
      parameters: { ...(request.params as Record<string, string>) },
      query,
      form: fields,
      files,
      ...(body !== undefined && { body }),
      language,
      who,
      waited: Math.round(reply.elapsedTime),
      formKey: this.#formKey(passage),
      userAgent: userAgentOf(request),
      address: request.ip,
      raw: { request: request.raw, response: reply.raw },
    }
  }

  #formKey(passage: Passage<Who, Asked>): ComponentChild {
    passage.formKey ??= formKeyOf(this.#options.cookieSecret, passage.browser)
    return h('input', { type: 'hidden', name: formKeyField, value: passage.formKey })
  }

  #outgoing(answer: Exclude<SiteAnswer, { kind: 'answered' }>, passage: Passage<Who>): Outgoing {
    const cookies = [...passage.cookies, ...(answer.cookies ?? [])]
    const headers = { ...this.#common, 'cache-control': 'no-store' }
    switch (answer.kind) {
      case 'redirect':
        return {
          status: answer.withForm === true ? 307 : 303,
          headers: { ...headers, location: locationOf(answer.to) },
          cookies,
          body: '',
        }
      case 'file': {
        const { contentType, name, body, status = 200, headers: own } = answer
        const saved = name === undefined ? {} : { 'content-disposition': disposition(name) }
        const policy = { 'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'" }
        return {
          status,
          headers: {
            ...headers,
            ...policy,
            'content-type': contentType,
            ...saved,
            ...this.#options.headersOf?.(passage.who),
            ...own,
          },
          cookies,
          body,
        }
      }
      case 'page':
        return { ...this.#page(answer, passage), cookies }
    }
  }

  /** A page of somebody stays nowhere; one of nobody in particular is asked for again each time, since it has a form's key. */
  #page(page: SitePage, passage: Passage<Who>): Outgoing {
    const { language, path, query, who, cookies } = passage
    const policy = contentPolicy({
      formTargets: [...(this.#options.formTargets ?? []), ...(page.formTargets ?? [])],
    })
    const body = this.#options.frame({
      language,
      title: page.title,
      body: page.body,
      languages: languageAddresses(path, query),
      path,
      who,
      formKey: this.#formKey(passage),
      scripts: (page.scripts ?? []).map((name) => assetAddress(name, this.#options.assets)),
    })
    const headers = {
      ...this.#common,
      ...pageHeaders(language, policy),
      'cache-control': who === undefined ? 'private, no-cache' : 'no-store',
      vary: 'cookie, accept-language',
      ...this.#options.headersOf?.(who),
    }
    return { status: page.status ?? 200, headers, cookies, body }
  }

  #failure(error: unknown, passage: Passage<Who>): Outgoing {
    const problem = asProblem(error, passage.request.method)
    const { log, origin } = this.#options
    const { request, language, cookies } = passage
    const isFault = isIncident(problem)
    const incident = isFault ? randomBytes(5).toString('hex').toUpperCase() : undefined
    const entry = { code: problem.code, route: request.routeOptions.url, incident }
    if (isFault) log.error({ ...entry, err: problem.cause ?? problem }, 'page failed')
    else if (problem.type.status === 403) log.warn(entry, 'page refused')
    else if (problem.type.status >= 500 && problem.code !== 'site-busy')
      log.warn(entry, 'page waits for another')
    const retry = retryHeaders(problem)
    const again = problem.code === 'site-busy' && isReading(request.method) ? refreshHeaders(problem) : {}
    const isForPrograms = this.#isForPrograms(passage.path)
    if (wantsJson(request.headers.accept) || isForPrograms) {
      const headers = {
        ...this.#common,
        ...retry,
        'content-type': 'application/problem+json',
        'content-language': language,
        'cache-control': 'no-store',
        vary: 'accept-language, accept',
      }
      return {
        status: problem.type.status,
        headers,
        // Programs keep none, also of an address that no route took.
        cookies: isForPrograms ? [] : cookies,
        body: problemJson(problem, origin, language, incident),
      }
    }
    const page = this.#page(
      {
        kind: 'page',
        status: problem.type.status,
        title: problem.type.title[language],
        body: problemBody(problem, language, incident),
      },
      passage,
    )
    return { ...page, headers: { ...page.headers, ...retry, ...again } }
  }
}

/** No page's address has a NUL in it, which no text of the database can hold. Throws `page-unknown`. */
function refuseNul({ params }: FastifyRequest, { query }: Passage<unknown>): void {
  const texts = [...Object.values(params as Record<string, string>), ...[...query].flat()]
  if (texts.some(hasNul)) throw new Problem(siteProblems['page-unknown'])
}

/** Who is only sent away for a while, as the problem says, is no incident of ours: what it waits for is known. */
function isIncident({ type, extensions, cause }: Problem): boolean {
  const isKnown = cause === undefined || cause instanceof Problem
  return type.status >= 500 && (typeof extensions.retryAfter !== 'number' || !isKnown)
}

/** When to come again (RFC 9110 §10.2.3): as the problem says, in seconds. */
function retryHeaders({ extensions, type }: Problem): Record<string, string> {
  if (typeof extensions.retryAfter === 'number') return { 'retry-after': String(extensions.retryAfter) }
  return type.status === 503 ? { 'retry-after': '5' } : {}
}

/** The page asks for itself again, without scripts: browsers take it as they take `<meta http-equiv="refresh">`. */
function refreshHeaders({ extensions }: Problem): Record<string, string> {
  return { refresh: String(extensions.retryAfter) }
}

function hasNul(text: string): boolean {
  return text.includes('\0')
}

/** Problems of the ground that pass: people read what it means for them. */
const passing = new Set(['busy', 'database-down'])

function asProblem(error: unknown, method: string): Problem {
  const isProblem = error instanceof Problem
  if (isProblem && !passing.has(error.code)) return error
  const code = !isProblem && error instanceof Error && 'code' in error ? String(error.code) : ''
  const ofBody = bodyProblem(code, error)
  if (ofBody !== undefined) return ofBody
  if (isProblem || isDatabaseDown(error)) return busyProblem(method, { cause: error })
  return new Problem(siteProblems['page-fault'], { cause: error })
}
