import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AgencyEdges, agencyEdges } from '../src/services/ask-as.ts'

let gateway: Server
let edges: AgencyEdges
let asked: IncomingMessage[] = []

beforeAll(async () => {
  gateway = createServer((request, response) => {
    asked.push(request)
    response.writeHead(200, { 'content-type': 'application/json', 'sapan-exchange': 'x-1' }).end('{"a":1}')
  })
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve))
  const { port } = gateway.address() as AddressInfo
  edges = agencyEdges({ agencies: [{ member: 'TH/GOV/RD', edge: `http://127.0.0.1:${port}` }] })
})
beforeEach(() => {
  asked = []
})
afterAll(async () => {
  edges.close()
  await new Promise((resolve) => gateway.close(resolve))
})

const question = {
  consumer: 'TH/GOV/RD/efiling',
  service: 'TH/GOV/DOPA/population/person-v1',
  method: 'GET',
  path: '/persons/1',
  purpose: 'tax-assessment',
} as const

describe('a question of an agency’s subsystem', () => {
  it('goes to the gateway of its own agency, in the name of the subsystem', async () => {
    const answer = await edges.ask({ ...question, actor: 'token', idempotencyKey: 'case-1:move' })
    expect(answer).toEqual({ status: 200, body: { a: 1 }, exchange: 'x-1' })
    expect(asked[0]?.url).toBe('/r1/TH/GOV/DOPA/population/person-v1/persons/1')
    expect(asked[0]?.headers).toMatchObject({
      'x-road-client': 'TH/GOV/RD/efiling',
      'sapan-purpose': 'tax-assessment',
      'sapan-actor': 'token',
      'idempotency-key': 'case-1:move',
    })
  })

  it('is not asked for an agency that the operator does not host', async () => {
    await expect(edges.ask({ ...question, consumer: 'TH/GOV/DBD/registration' })).rejects.toMatchObject({
      code: 'agency-not-hosted',
    })
    expect(asked).toEqual([])
  })
})
