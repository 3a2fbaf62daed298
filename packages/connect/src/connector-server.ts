import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Problem, problemDocument } from '@sapan/kernel'
import { type Mapping, pathOfSearch } from './mapping/mapping.ts'
import { connectProblems } from './problems.ts'
import type { Row, Source } from './source.ts'

export interface ConnectorOptions {
  readonly mapping: Mapping
  readonly source: Source
  /** For what no caller can mend: a source that cannot be read, and faults of ours. */
  onError(error: unknown): void
}

/** The HTTP server that stands behind a gateway and answers what the mapping's description says. */
export function connectorServer(options: ConnectorOptions): Server {
  return createServer((request, response) => void answer(request, response, options))
}

async function answer(request: IncomingMessage, response: ServerResponse, options: ConnectorOptions) {
  try {
    send(response, 200, 'application/json', { records: await recordsFor(request, options) })
  } catch (error) {
    const problem = error instanceof Problem ? error : undefined
    if (problem === undefined || problem.type.status >= 500) options.onError(error)
    if (problem === undefined) response.writeHead(500).end()
    else send(response, problem.type.status, 'application/problem+json', problemDocument(problem, '', 'th'))
  }
}

async function recordsFor(
  { method, url = '' }: IncomingMessage,
  options: ConnectorOptions,
): Promise<readonly Row[]> {
  const [, path = '', raw = '', ...more] = url.split('/')
  const field = options.mapping.fields.find((one) => one.search && pathOfSearch(one) === `/${path}`)
  if (method !== 'GET' || field === undefined || more.length > 0 || url.includes('?'))
    throw new Problem(connectProblems['connector-request-unknown'])
  const value = decoded(raw)
  if (value === undefined || value === '' || value.length > 200)
    throw new Problem(connectProblems['connector-request-invalid'])
  const { atMost = 100 } = options.mapping
  const records = await options.source.find(field, value, atMost + 1)
  if (records.length > atMost) throw new Problem(connectProblems['connector-too-many-rows'])
  return records
}

function decoded(raw: string): string | undefined {
  try {
    return decodeURIComponent(raw)
  } catch {
    return undefined
  }
}

function send(response: ServerResponse, status: number, type: string, value: unknown): void {
  const body = JSON.stringify(value)
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body)
}
