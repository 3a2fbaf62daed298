import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Problem } from '@sapan/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Mapping, openSource, proposeMapping, readMapping } from '../src/index.ts'

const description = {
  openapi: '3.0.3',
  paths: {
    '/v2/boats/{plate}': {
      parameters: [{ $ref: '#/components/parameters/plate' }],
      get: {
        operationId: 'boat',
        parameters: [{ name: 'X-Office', in: 'header', schema: { type: 'string' } }],
        responses: { 200: { $ref: '#/components/responses/boat' }, 404: { description: 'none' } },
      },
    },
    '/v2/boats': {
      get: {
        operationId: 'boats',
        parameters: [
          {
            name: 'owner',
            in: 'query',
            required: true,
            schema: { type: 'string', pattern: '^[0-9]+$', maxLength: 13 },
            example: '11',
          },
          { name: 'status', in: 'query', required: true, schema: { type: 'string', enum: ['live', 'gone'] } },
          { name: 'page', in: 'query', schema: { type: 'integer', minimum: 1 } },
        ],
        responses: {
          200: {
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: {
                    data: {
                      type: 'object',
                      properties: { items: { type: 'array', items: { $ref: '#/components/schemas/boat' } } },
                    },
                  },
                },
              },
            },
          },
        },
      },
      post: { operationId: 'newBoat', responses: { 200: {} } },
    },
  },
  components: {
    parameters: {
      plate: { name: 'plate', in: 'path', required: true, schema: { type: 'string', maxLength: 20 } },
    },
    responses: {
      boat: { content: { 'application/json': { schema: { $ref: '#/components/schemas/boat' } } } },
    },
    schemas: {
      boat: {
        allOf: [{ $ref: '#/components/schemas/named' }],
        properties: {
          tons: { type: 'number' },
          owner: {
            type: 'object',
            properties: {
              nationalId: { type: 'string' },
              boats: { type: 'array', items: { $ref: '#/components/schemas/boat' } },
            },
          },
          secret: { type: 'string' },
        },
      },
      named: { type: 'object', properties: { plate: { type: 'string' }, serial: { type: 'integer' } } },
    },
  },
}

const yaml = `
code: boat
version: v1
text: { th: เรือ, en: Boats }
source:
  rest: boats.json
  searches:
    plate: { operation: boat, parameter: plate, with: { X-Office: "7" } }
    owner: { operation: boats, parameter: owner, rows: data/items, with: { status: live } }
fields:
  - { name: plate, column: plate, text: { th: ทะเบียน, en: Plate }, search: true }
  - { name: owner, column: "?", text: { th: เจ้าของ, en: Owner }, search: true }
  - { name: serial, column: serial, text: { th: เลข, en: Serial } }
  - { name: tons, column: tons, text: { th: ตัน, en: Tons }, type: number }
`
const boat =
  '{"plate":"กข 1","serial":12345678901234567890,"tons":2.5,"owner":{"nationalId":"x"},"secret":"s"}'

let folder: string
let server: Server
let asked: IncomingMessage[]
let answer: (request: IncomingMessage, response: ServerResponse) => void

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-rest-'))
  server = createServer((request, response) => {
    asked.push(request)
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  await writeFile(join(folder, 'boats.json'), JSON.stringify(description))
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true })
})
beforeEach(() => {
  asked = []
  answer = json(boat)
})

const json =
  (body: string, status = 200, type = 'application/json') =>
  (_: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': type }).end(body)

function mappingOf(text: string): Mapping {
  const { mapping, findings } = readMapping(text)
  if (mapping === undefined) throw new Error(JSON.stringify(findings))
  return mapping
}

const addressOf = (more = '') => `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/${more}`

async function find(name: string, value: string, text = yaml, address = addressOf()) {
  const mapping = mappingOf(text)
  const source = await openSource(mapping, { folder, address })
  const field = mapping.fields.find((one) => one.name === name)
  if (field === undefined) throw new Error(name)
  return await source.find(field, value, 10)
}

const refusal = (asking: Promise<unknown>) =>
  outcomeOf(asking).then(({ code, detail }) => (detail === undefined ? code : `${code}: ${detail}`))
const outcomeOf = (asking: Promise<unknown>) =>
  asking.then(
    () => ({ code: 'taken', detail: undefined }),
    ({ code, detail }: Problem) => ({ code, detail: detail?.en }),
  )

describe('a REST service', () => {
  it('is asked by its description, and what is not mapped goes no further', async () => {
    expect(await find('plate', 'กข/1 ?')).toEqual([
      { plate: 'กข 1', serial: '12345678901234567890', tons: 2.5 },
    ])
    expect(asked[0]?.url).toBe(`/api/v2/boats/${encodeURIComponent('กข/1 ?')}`)
    expect(asked[0]?.headers).toMatchObject({ 'x-office': '7', accept: 'application/json' })
  })

  it('answers the rows of a list, with what was asked where it does not repeat it', async () => {
    answer = json(`{"data":{"items":[${boat},{"plate":"2","tons":null}]}}`)
    expect(await find('owner', '11')).toEqual([
      { plate: 'กข 1', owner: '11', serial: '12345678901234567890', tons: 2.5 },
      { plate: '2', owner: '11' },
    ])
    expect(asked[0]?.url).toBe('/api/v2/boats?owner=11&status=live')
  })

  it('has nothing where it says 404 as described, an empty list, or null', async () => {
    answer = json('{}', 404)
    expect(await find('plate', '1')).toEqual([])
    expect(await refusal(find('owner', '1'))).toBe('connector-service-refused')
    for (const items of ['[]', 'null']) {
      answer = json(`{"data":{"items":${items}}}`)
      expect(await find('owner', '1')).toEqual([])
    }
  })

  it.each(['1 or 1=1', '12345678901234', '๑'])(
    'is not asked for a value that its description does not allow: %s',
    async (value) => {
      expect(await refusal(find('owner', value))).toContain('connector-request-invalid')
      expect(asked).toEqual([])
    },
  )

  it.each(['.', '..'])('is not asked at another path: %s', async (value) => {
    expect(await refusal(find('plate', value))).toContain('connector-request-invalid')
  })

  it('is told who asks by what the address says: a user, or headers', async () => {
    const address = addressOf('\nAuthorization: Bearer hidden\r\nx-key: a b\n')
    await find('plate', '1', yaml, address)
    await find('plate', '1', yaml, addressOf().replace('//', '//me:p%40ss@'))
    expect(asked[0]?.headers).toMatchObject({ authorization: 'Bearer hidden', 'x-key': 'a b' })
    expect(asked[1]?.headers.authorization).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`)
  })

  it.each(['ftp://a/b', 'hidden', 'https://a/?b=hidden', 'https://a/\nhidden', 'https://a/\nHost: hidden'])(
    'with an address of another form is refused without saying what stood in it: %s',
    async (address) => {
      const told = await refusal(find('plate', '1', yaml, address))
      expect(told).toContain('connector-address-invalid')
      expect(told).not.toContain('hidden')
    },
  )

  it.each([
    { why: 'no JSON', with: json('<html>', 200, 'text/html'), code: 'connector-answer-unusable' },
    { why: 'broken JSON', with: json('{"plate":'), code: 'connector-answer-unusable' },
    { why: 'bytes that are no UTF-8', with: latin, code: 'connector-answer-unusable' },
    {
      why: 'another type',
      with: json('{"plate":7}'),
      code: 'connector-answer-unusable: “plate” is not string',
    },
    {
      why: 'no whole number',
      with: json('{"serial":1.5}'),
      code: 'connector-answer-unusable: “serial” is not integer',
    },
    {
      why: 'a list for a value',
      with: json('{"plate":["1"]}'),
      code: 'connector-answer-unusable: “plate” is not a single',
    },
    { why: 'a redirect', with: redirect, code: 'connector-answer-unusable' },
    { why: 'packed', with: packed, code: 'connector-answer-unusable' },
    { why: 'without end', with: endless, code: 'connector-answer-unusable: the answer is larger' },
    { why: 'cut off', with: cutOff, code: 'connector-source-down' },
    { why: 'not who may ask', with: json('{}', 401), code: 'connector-source-down' },
    { why: 'out of order', with: json('{}', 500), code: 'connector-source-down' },
    { why: 'refused', with: json('{}', 400), code: 'connector-service-refused' },
  ])(
    'that answers otherwise than described is a problem that says so: $why',
    async ({ with: given, code }) => {
      answer = given
      expect(await refusal(find('plate', '1'))).toContain(code)
    },
  )

  it('that answers another object than one with rows is no service without rows', async () => {
    answer = json('{"error":"x"}')
    expect(await refusal(find('owner', '1'))).toBe(
      'connector-answer-unusable: “data/items” is not in the answer',
    )
  })

  it.each([
    { why: 'would take years', pattern: '^([0-9]+)+$', code: 'connector-request-invalid' },
    { why: 'is none', pattern: '(', code: 'connector-source-unusable' },
  ])('whose description has a pattern that $why holds nobody up', async ({ pattern, code }) => {
    const text = JSON.stringify(description).replace('^[0-9]+$', pattern)
    await writeFile(join(folder, 'patterns.json'), text)
    const value = `${'1'.repeat(60)}!`
    const asking = find('owner', value, yaml.replace('boats.json', 'patterns.json'))
    expect(await refusal(asking)).toContain(code)
    expect(asked).toEqual([])
  })

  it('has fields that may be called as what every object has', async () => {
    answer = json(`{"data":{"items":[${boat}]}}`)
    const text = yaml.replace('name: serial', 'name: constructor')
    const source = await openSource(mappingOf(text), { folder, address: addressOf() })
    expect((await source.look()).sample[0]).toMatchObject({ constructor: '12345678901234567890' })
  })

  it('that cannot be reached is a problem that says so', async () => {
    expect(await refusal(find('plate', '1', yaml, 'http://127.0.0.1:1'))).toBe('connector-source-down')
  })

  it.each([
    { why: 'operation', change: ['operation: boat,', 'operation: newBoat,'], says: 'it has boat, boats' },
    {
      why: 'parameter',
      change: ['parameter: plate', 'parameter: colour'],
      says: 'has no parameter “colour”',
    },
    { why: 'needed parameter', change: [', with: { status: live }', ''], says: 'needs “status”' },
    {
      why: 'constant',
      change: ['status: live', 'status: sunk'],
      says: 'does not take that value of “status”',
    },
    { why: 'field', change: ['column: serial', 'column: colour'], says: 'has no “colour”' },
    { why: 'rows', change: ['rows: data/items', 'rows: data'], says: 'has no “plate”' },
  ])(
    'mapped by what its description does not have is refused: $why',
    async ({ change: [from = '', to = ''], says }) => {
      expect(await refusal(find('plate', '1', yaml.replace(from, to)))).toContain(says)
    },
  )

  it('whose searches are not those of the fields is refused with its line', () => {
    const { findings } = readMapping(yaml.replace('    plate: {', '    colour: {'))
    expect(findings.map(({ line }) => line)).toEqual([8, 8])
  })

  it('is looked at by the examples of its description', async () => {
    answer = json(`{"data":{"items":[${boat}]}}`)
    const look = await (await openSource(mappingOf(yaml), { folder, address: addressOf() })).look()
    expect(look).toMatchObject({ sample: [{ owner: '11', plate: 'กข 1' }] })
    expect(look.columns).toContain('owner/nationalId')
  })

  it('is proposed by an operation of its description', async () => {
    const { source, fields } = mappingOf(await proposeMapping('rest:boats.json#boats', { folder }, []))
    expect(source).toEqual({
      rest: 'boats.json',
      searches: { owner: { operation: 'boats', parameter: 'owner', rows: 'data/items' } },
    })
    expect(fields.map(({ name, column }) => [name, column])).toContainEqual(['owner', '?'])
    expect(await refusal(proposeMapping('rest:boats.json', { folder }, []))).toContain('boat, boats')
  })

  it.each([
    {
      why: 'a circle',
      text: JSON.stringify({ openapi: '3.1.0', paths: { '/a': { $ref: '#/paths/~1a' } } }),
      says: 'circle',
    },
    {
      why: 'elsewhere',
      text: JSON.stringify({ openapi: '3.1.0', paths: { '/a': { $ref: 'http://x/y' } } }),
      says: 'leads nowhere',
    },
    { why: 'something else', text: 'a: 1', says: 'neither OpenAPI 3' },
    { why: 'aliases that grow', text: bomb(), says: 'cannot be read' },
    { why: 'brackets without end', text: '['.repeat(200_000), says: 'cannot be read' },
  ])('with a description that cannot be used is refused: $why', async ({ text, says }) => {
    await writeFile(join(folder, 'other.json'), text)
    expect(await refusal(proposeMapping('rest:other.json', { folder }, []))).toContain(says)
  })

  it('whose description unfolds without end is read as far as is needed', async () => {
    const laughs = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [
        `s${at}`,
        {
          properties: Object.fromEntries(
            Array.from({ length: 20 }, (_, n) => [`p${n}`, { $ref: `#/components/schemas/s${at + 1}` }]),
          ),
        },
      ]),
    )
    const schemas = { ...laughs, s12: {} }
    const responses = {
      200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/s0' } } } },
    }
    const parameters = [{ name: 'a', in: 'query' }]
    const paths = { '/a': { get: { operationId: 'a', parameters, responses } } }
    await writeFile(
      join(folder, 'laughs.json'),
      JSON.stringify({ openapi: '3.1.0', paths, components: { schemas } }),
    )
    expect(mappingOf(await proposeMapping('rest:laughs.json', { folder }, [])).fields).toHaveLength(1)
  })

  it('of Swagger 2.0 in YAML is read too', async () => {
    const text = `swagger: "2.0"
paths:
  /b:
    get:
      parameters: [{ name: plate, in: query, required: true, type: string, maxLength: 3 }]
      responses: { 200: { schema: { type: array, items: { type: object, properties: { plate: { type: string } } } } } }
`
    await writeFile(join(folder, 'swagger.yaml'), text)
    const proposed = await proposeMapping('rest:swagger.yaml#GET /b', { folder }, [])
    answer = json('[{"plate":"1"},{"plate":"2"}]')
    expect(await find('plate', '1', proposed)).toEqual([{ plate: '1' }, { plate: '2' }])
    expect(await refusal(find('plate', '1234', proposed))).toContain('connector-request-invalid')
  })
})

function latin(_: IncomingMessage, response: ServerResponse): void {
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(Buffer.from('{"plate":"\xe9"}', 'latin1'))
}

function redirect(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(302, { location: '/api/v2/boats/2' }).end()
}

function packed(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end('x')
}

function endless(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  const more = () => {
    while (!response.destroyed && response.write(' '.repeat(2 ** 16)));
  }
  response.on('drain', more)
  more()
}

function cutOff(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 })
  response.write('{', () => response.destroy())
}

/** Nine lists of nine aliases each. */
function bomb(): string {
  const lists = 'bcdefghij'
    .split('')
    .map((name, at) => `${name}: &${name} [${`*${'abcdefghi'[at]},`.repeat(9)}]`)
  return `a: &a [1]\n${lists.join('\n')}\n`
}
