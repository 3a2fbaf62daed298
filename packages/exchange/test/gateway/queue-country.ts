import type { IncomingMessage } from 'node:http'
import { type AgenciesOptions, type Country, client, startAgencies } from './agencies.ts'
import type { Answering } from './register.ts'

const text = (th: string, en: string) => ({ 'x-sapan-text': { th, en } })

const leaf = (name: string) => ({ type: 'string', ...text(name, name) })

const events = {
  type: 'object',
  properties: {
    next: leaf('next'),
    events: {
      type: 'array',
      ...text('ข่าว', 'Events'),
      items: {
        type: 'object',
        properties: {
          number: leaf('number'),
          message: leaf('message'),
          at: leaf('at'),
          event: {
            type: 'object',
            ...text('การย้าย', 'The move'),
            properties: {
              nationalId: leaf('nationalId'),
              postcode: leaf('postcode'),
              reason: leaf('reason'),
            },
          },
        },
      },
    },
  },
}

/** A service with queues, to which changes of address are told, and a topic that tells of them. */
export const noticeDescription = {
  openapi: '3.1.0',
  info: {
    title: 'Notices',
    version: 'v1',
    ...text('แจ้งการเปลี่ยนแปลง', 'Notices of change'),
    'x-sapan-code': 'notice',
    'x-sapan-personal': true,
  },
  paths: {
    '/moves': {
      post: {
        operationId: 'tellMove',
        ...text('แจ้งย้ายที่อยู่', 'Tell of a move'),
        'x-sapan-queue': true,
        'x-sapan-subject': [{ in: 'request', pointer: '/nationalId' }],
        responses: { '202': { description: 'kept' } },
      },
    },
    '/letters': {
      post: {
        operationId: 'sendLetter',
        ...text('ส่งหนังสือ', 'Send a letter'),
        'x-sapan-queue': 'pull',
        'x-sapan-subject': [{ in: 'request', pointer: '/nationalId' }],
        responses: { '202': { description: 'kept' } },
      },
    },
    '/published': {
      get: {
        operationId: 'readMoves',
        ...text('อ่านข่าวการย้าย', 'Read of moves'),
        'x-sapan-topic': true,
        'x-sapan-subject': [{ in: 'answer', pointer: '/events/*/event/nationalId' }],
        parameters: ['after', 'limit'].map((name) => ({
          name,
          in: 'query',
          schema: { type: 'string' },
          ...text(name, name),
        })),
        responses: { '200': { description: 'ok', content: { 'application/json': { schema: events } } } },
      },
    },
    '/asked': {
      post: {
        operationId: 'askMove',
        ...text('ถามการย้าย', 'Ask of a move'),
        'x-sapan-subject': [{ in: 'request', pointer: '/nationalId' }],
        responses: { '202': { description: 'answered' } },
      },
    },
  },
}

export const notices = 'TH/GOV/DOPA/main/notice-v1'
export const queue = `${notices}/moves`

export const noticeGrant = {
  consumer: client,
  service: notices,
  operations: {
    tellMove: { fields: [], query: [] },
    sendLetter: { fields: [], query: [] },
    askMove: { fields: [], query: [] },
  },
  purpose: 'address-change',
  law: { act: { th: 'พ.ร.บ.การทะเบียนราษฎร', en: 'Civil Registration Act' }, section: 'ม. 30' },
  notBefore: '2020-01-01T00:00:00Z',
  expires: '2099-01-01T00:00:00Z',
}

/** Retries within a test, not within days. */
export const quickQueue = {
  bodyBytes: 64 * 1024,
  firstRetry: 0.1,
  longestRetry: 0.5,
  giveUpAfter: 600,
  keep: 600,
  keepEvents: 600,
  lease: 2,
}

export interface SentMessage {
  readonly number: number
  readonly message: string
  readonly state: string
  readonly problem?: string
  readonly reason?: string
  readonly code?: string
  readonly exchange?: string
  readonly resendOf?: number
  readonly receipts: { readonly queued: string; readonly delivered?: string; readonly outcome?: string }
}

export interface QueueCountry extends Country {
  readonly grantHash: string
  send(body: object, headers?: Record<string, string>, to?: string): Promise<Response>
  sent(message: string): Promise<SentMessage>
  /** What DOPA's system was handed. */
  taken(): { message: string; body: Record<string, unknown>; headers: IncomingMessage['headers'] }[]
}

/** RD sends notices to DOPA. */
export async function startQueueCountry(
  options: { rd?: object; dopa?: object; agencies?: AgenciesOptions } = {},
): Promise<QueueCountry> {
  const country = await startAgencies({
    ...options.agencies,
    rd: { ...options.agencies?.rd, settings: { queue: { ...quickQueue, ...options.rd } } },
    dopa: { ...options.agencies?.dopa, settings: { queue: { ...quickQueue, ...options.dopa } } },
  })
  await country.dopa.operator('POST', '/v1/services', {
    subsystem: 'TH/GOV/DOPA/main',
    openapi: noticeDescription,
    url: country.register.url,
    timeoutMs: 1_000,
  })
  const { hash } = await country.dopa.operator('POST', '/v1/grants', noticeGrant)
  await country.rd.gateway.directory.refresh()
  return {
    ...country,
    grantHash: String(hash),
    send: (body, headers = {}, to = queue) =>
      fetch(`${country.rd.edge}/m1/${to}`, {
        method: 'POST',
        headers: {
          'x-road-client': client,
          'content-type': 'application/json',
          accept: 'application/problem+json',
          ...headers,
        },
        body: JSON.stringify(body),
      }),
    sent: async (message) => {
      const answer = await fetch(`${country.rd.edge}/m1/messages/${message}`, {
        headers: { 'x-road-client': client },
      })
      return (await answer.json()) as SentMessage
    },
    taken: () =>
      country.register.asked
        .filter(({ headers }) => headers['sapan-message'] !== undefined)
        .map(({ headers, body }) => ({
          message: String(headers['sapan-message']),
          body: JSON.parse(body.toString()),
          headers,
        })),
  }
}

export const accepting: Answering = (_request, response) => {
  response.writeHead(204).end()
}
