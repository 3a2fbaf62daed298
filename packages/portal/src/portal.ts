import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CheckNetworkOptions } from '@sapan/documents'
import type { TrustedService } from '@sapan/documents/check'
import { type Language, type Logger, Problem } from '@sapan/kernel'
import { answerAsset, type Phase, publicPages } from '@sapan/ui'
import { portalAssets } from './assets.ts'
import type { DocumentWords } from './checking/agreement.ts'
import { type Checking, createChecking } from './checking/checking.ts'
import type { CheckJob } from './checking/job.ts'
import { type AnswerKind, acceptedKind } from './http/accept.ts'
import { type Outgoing, send } from './http/answer.ts'
import { readBody, tooLarge } from './http/body.ts'
import {
  type AnswerSetting,
  descriptionAnswer,
  emptyAnswer,
  problemAnswer,
  resultAnswer,
} from './http/check-answers.ts'
import { checkMediaType } from './http/media-type.ts'
import { isReading, languageOf, pathOf, queryOf, routeOf, routes } from './http/routes.ts'
import { readUpload, type Upload } from './http/upload.ts'
import { portalProblems } from './problems.ts'
import type { PortalSiteOptions } from './site/options.ts'
import { createPortalSite } from './site/site.ts'

export interface PortalOptions {
  /** DER of the certificates that are trusted. */
  readonly anchors: readonly Uint8Array[]
  /** Services of trusted lists that are trusted as well. */
  readonly services?: readonly TrustedService[]
  /** What the network may be asked for that a file lacks; nothing by default. */
  readonly network?: CheckNetworkOptions
  /** Words of the country's documents: with them, data inside documents of our templates is compared with their pages. */
  readonly words?: DocumentWords
  /** The folder `docs/problems/`, with its slash at the end. */
  readonly docs: URL
  readonly log: Logger
  /** The banner of a demonstration. */
  readonly phase?: Phase
  /** Bytes that a file may have; 20 MiB by default. */
  readonly mostBytes?: number
  /** Files that are checked at once; 1 by default. */
  readonly filesAtOnce?: number
  /** For one file; 20,000 by default. */
  readonly timeoutMs?: number
  /** With it people sign in and have a page of their own; without, the portal only checks documents. */
  readonly site?: PortalSiteOptions
  /** In place of processes; for tests. */
  readonly checking?: Checking
}

/** The public web of the state. It opens no socket: its handler is given to a server. */
export interface Portal {
  handler(request: IncomingMessage, response: ServerResponse): void
  close(): Promise<void>
}

/**
 * Makes the portal: `/check`, `/api/check` with its description, and with `site` the pages of people. Nothing that is
 * handed in to be checked is kept or logged.
 */
export function createPortal(options: PortalOptions): Portal {
  const { docs, log, phase, mostBytes = 20 * 2 ** 20 } = options
  const checking = options.checking ?? checkingOf(options)
  const site = options.site && createPortalSite({ ...options.site, log, phase, docs })
  const framePages = publicPages({ docs, ...(phase && { phase }) })

  /** Pages have the frame of the site where there is one, and are in the language that was chosen there. */
  const settingOf = async (request: IncomingMessage): Promise<AnswerSetting> => {
    const around = pathOf(request) === '/check' ? await site?.surround(request) : undefined
    return { phase, mostBytes, around, language: around?.language ?? languageOf(request) }
  }

  const answer = async (request: IncomingMessage): Promise<Outgoing> => {
    const target = request.url ?? '/'
    const path = pathOf(request)
    const method = request.method ?? 'GET'
    const asked = { method, target, acceptLanguage: request.headers['accept-language'] }
    const file = fileAnswer(path, request)
    if (file !== undefined) return file
    const page = framePages({ ...asked, ifNoneMatch: request.headers['if-none-match'] })
    if (page !== undefined) return page
    const setting = await settingOf(request)
    switch (routeOf(path, method)) {
      case '/':
        return { status: 303, headers: { location: '/check' }, body: '' }
      case '/api/openapi.json':
        return descriptionAnswer(setting)
      case '/api/check':
        return checked(request, setting, 'json')
      case '/check':
        return isReading(method)
          ? emptyAnswer(request, setting)
          : checked(request, setting, acceptedKind(request.headers.accept))
    }
  }

  const checked = async (
    request: IncomingMessage,
    setting: AnswerSetting,
    kind: AnswerKind,
  ): Promise<Outgoing> => {
    checkMediaType(request.headers['content-type'], request.headers['content-encoding'])
    const body = await readBody(request, mostBytes)
    const upload = readUpload(body, request.headers['content-type'])
    if (upload.bytes.length > mostBytes) throw tooLarge(mostBytes)
    const result = await checking.check(jobOf(upload, kind, setting.language))
    if (result.fault !== undefined) log.error({ fault: result.fault }, 'report as PDF')
    return resultAnswer(result, kind, setting)
  }

  const failed = async (error: unknown, request: IncomingMessage): Promise<Outgoing> => {
    const problem =
      error instanceof Problem ? error : new Problem(portalProblems['portal-fault'], { cause: error })
    if (problem.type.status === 500) log.error({ code: problem.code, err: problem.cause }, 'portal')
    return problemAnswer(problem, request, await settingOf(request))
  }

  return {
    handler: (request, response) => {
      if (site !== undefined && !isChecker(pathOf(request))) return site.handler(request, response)
      void answer(request)
        .catch((error: unknown) => failed(error, request))
        .then((outgoing) => send(request, response, outgoing))
        .catch((error: unknown) => {
          log.error({ err: error }, 'portal')
          response.destroy()
        })
    },
    close: async () => {
      await site?.close()
      await checking.close()
    },
  }
}

/** What takes files of any size, and serves programs too: the checker, with its files. */
function isChecker(path: string): boolean {
  const own = Object.keys(routes).filter((route) => route !== '/')
  return own.includes(path) || portalAssets().has(path)
}

function checkingOf({ anchors, services, network, words, filesAtOnce, timeoutMs }: PortalOptions): Checking {
  return createChecking({
    anchors,
    ...(services && { services }),
    ...(network && { network }),
    ...(words && { words }),
    ...(filesAtOnce === undefined ? {} : { processes: filesAtOnce }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  })
}

function jobOf(upload: Upload, kind: AnswerKind, language: Language): CheckJob {
  return { ...upload, picture: kind === 'page', ...(kind === 'json' ? {} : { pdf: language }) }
}

function fileAnswer(path: string, request: IncomingMessage): Outgoing | undefined {
  const asset = isReading(request.method) ? portalAssets().get(path) : undefined
  if (asset === undefined) return undefined
  return answerAsset(asset, {
    query: queryOf(request),
    acceptEncoding: String(request.headers['accept-encoding'] ?? ''),
    ifNoneMatch: request.headers['if-none-match'],
  })
}
