import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Problem, problemDocument } from '@sapan/kernel'
import type { CsvTable, Row } from './csv/csv-table.ts'
import { type Mapping, pathOfSearch } from './mapping/mapping.ts'
import { connectProblems } from './problems.ts'

export interface ConnectorOptions {
  readonly mapping: Mapping
  /** What is served now. */
  table(): CsvTable
  /** For what is nobody's fault but ours. */
  onError(error: unknown): void
}

/** The HTTP server that stands behind a gateway and answers what the mapping's description says. */
export function connectorServer(options: ConnectorOptions): Server {
  return createServer((request, response) => {
    try {
      send(response, 200, 'application/json', { records: recordsFor(request, options) })
    } catch (error) {
      if (error instanceof Problem) {
        send(response, error.type.status, 'application/problem+json', problemDocument(error, '', 'th'))
        return
      }
      options.onError(error)
      response.writeHead(500).end()
    }
  })
}

function recordsFor({ method, url = '' }: IncomingMessage, options: ConnectorOptions): readonly Row[] {
  const [, path = '', raw = '', ...more] = url.split('/')
  const field = options.mapping.fields.find((one) => one.search && pathOfSearch(one) === `/${path}`)
  if (method !== 'GET' || field === undefined || more.length > 0 || url.includes('?'))
    throw new Problem(connectProblems['connector-request-unknown'])
  const value = decoded(raw)
  if (value === undefined || value === '' || value.length > 200)
    throw new Problem(connectProblems['connector-request-invalid'])
  const { atMost = 100 } = options.mapping
  const records = options.table().find(field.name, value, atMost + 1)
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
