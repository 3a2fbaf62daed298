import { Problem } from '@sapan/kernel'
import { describe, expect, it } from 'vitest'
import { matchOperation, readServiceDescription, routeTemplate } from '../src/service/description.ts'

const text = (word: string) => ({ 'x-sapan-text': { th: `${word} (ไทย)`, en: word } })
const leaf = (word: string, term?: string) => ({
  type: 'string',
  ...text(word),
  ...(term ? { 'x-sapan-term': term } : {}),
})
const json = (schema: object) => ({ description: 'ok', content: { 'application/json': { schema } } })

const queueOperation = (queue: unknown) => ({
  operationId: 'tell',
  ...text('Tell'),
  'x-sapan-queue': queue,
  'x-sapan-subject': [{ in: 'request', pointer: '/id' }],
  parameters: [{ name: 'id', in: 'path', required: true }],
  responses: { 202: { description: 'kept' } },
})

const topicOperation = (query: string[], around = ['number', 'message', 'at']) => ({
  operationId: 'readEvents',
  ...text('Events'),
  'x-sapan-topic': true,
  'x-sapan-subject': [{ in: 'answer', pointer: '/events/*/event/id' }],
  parameters: query.map((name) => ({ name, in: 'query' })),
  responses: {
    200: json({
      type: 'object',
      properties: {
        next: leaf('Next'),
        events: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              ...Object.fromEntries(around.map((name) => [name, leaf(name)])),
              event: { type: 'object', properties: { id: leaf('Id') } },
            },
          },
        },
      },
    }),
  },
})

function document() {
  return {
    openapi: '3.1.0',
    info: { title: 'Person', version: '1.2.0', 'x-sapan-code': 'person', ...text('Person') },
    paths: {
      '/persons/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: {
          operationId: 'getPerson',
          ...text('One person'),
          'x-sapan-subject': { in: 'path', name: 'id' },
          parameters: [{ name: 'view', in: 'query', schema: { type: 'string' } }],
          responses: { 200: json({ $ref: '#/components/schemas/Person' }), 404: { description: 'none' } },
        },
        delete: {
          operationId: 'deletePerson',
          ...text('Delete'),
          'x-sapan-subject': [{ in: 'path', name: 'id' }],
          responses: { 204: { description: 'gone' } },
        },
      },
      '/persons/statistics': {
        get: {
          operationId: 'getStatistics',
          ...text('Figures'),
          'x-sapan-subject': [{ in: 'answer', pointer: '/people/*/id' }],
          responses: {
            200: json({ type: 'array', items: { type: 'object', properties: { count: leaf('Count') } } }),
          },
        },
      },
      '/persons/{id}/photo': {
        get: {
          operationId: 'getPhoto',
          ...text('Photo'),
          'x-sapan-subject': [{ in: 'path', name: 'id' }],
          parameters: [{ name: 'id', in: 'path', required: true }],
          responses: { 200: { description: 'ok', content: { 'image/png': {} } } },
        },
      },
    },
    components: {
      schemas: {
        Person: {
          type: 'object',
          properties: {
            nationalId: leaf('National ID', 'person:nationalId'),
            name: {
              type: 'object',
              properties: { given: leaf('Given name', 'person:givenName'), family: leaf('Family name') },
            },
            addresses: {
              type: 'array',
              items: {
                allOf: [{ $ref: '#/components/schemas/Address' }, { properties: { since: leaf('Since') } }],
              },
            },
            nicknames: { type: 'array', items: { type: 'string' }, ...text('Nicknames') },
            mother: { $ref: '#/components/schemas/Person', ...text('Mother') },
          },
        },
        Address: { type: 'object', properties: { province: leaf('Province', 'address:province') } },
      },
    },
  }
}

type Draft = ReturnType<typeof document>

describe('readServiceDescription', () => {
  it('reads texts, operations, fields, terms and subjects', () => {
    const read = readServiceDescription(document())
    expect(read).toMatchObject({
      code: 'person',
      version: 'v1',
      title: { th: 'Person (ไทย)', en: 'Person' },
      personal: true,
    })
    expect(read.operations.map((one) => one.id)).toStrictEqual([
      'getPerson',
      'deletePerson',
      'getStatistics',
      'getPhoto',
    ])
    const [get, remove, statistics, photo] = read.operations
    expect(get).toMatchObject({
      method: 'GET',
      template: '/persons/{id}',
      queryParameters: ['view'],
      jsonAnswer: true,
      safe: true,
    })
    expect(get?.fields).toStrictEqual([
      'nationalId',
      'name.given',
      'name.family',
      'addresses.province',
      'addresses.since',
      'nicknames',
      'mother',
    ])
    expect(get?.subjects).toStrictEqual([{ in: 'path', name: 'id' }])
    expect(remove).toMatchObject({ safe: false, idempotent: true, fields: [], jsonAnswer: true })
    expect(statistics).toMatchObject({
      fields: ['count'],
      subjects: [{ in: 'answer', pointer: '/people/*/id' }],
    })
    expect(photo).toMatchObject({ jsonAnswer: false, fields: [] })
    expect(Object.fromEntries(read.terms)).toStrictEqual({
      nationalId: 'person:nationalId',
      'name.given': 'person:givenName',
      'addresses.province': 'address:province',
    })
  })

  it.each([
    [true, 'push'],
    ['push', 'push'],
    ['pull', 'pull'],
    [false, null],
    [undefined, null],
  ])('knows what is a queue: %s', (given, queue) => {
    const paths = { '/queue': { post: { ...queueOperation(given), parameters: [] } } }
    expect(readServiceDescription({ ...document(), paths }).operations).toMatchObject([{ queue }])
  })

  it('knows what is a topic: a list of events from a place on', () => {
    const paths = { '/events': { get: topicOperation(['after', 'limit']) } }
    expect(readServiceDescription({ ...document(), paths }).operations).toMatchObject([{ topic: true }])
  })

  const broken: [what: string, code: string, change: (draft: Draft) => object][] = [
    ['another version of OpenAPI', 'service-description-version', (d) => ({ ...d, openapi: '3.0.3' })],
    ['something that is no document', 'service-description-version', () => ({})],
    ['no paths', 'service-description-invalid', (d) => ({ ...d, paths: {} })],
    [
      'a title in one language',
      'service-text-missing',
      (d) => ({ ...d, info: { ...d.info, 'x-sapan-text': { th: 'ก', en: ' ' } } }),
    ],
    [
      'an operation without texts',
      'service-text-missing',
      (d) => changed(d, (get) => ({ ...get, 'x-sapan-text': null })),
    ],
    [
      'a field without texts',
      'service-text-missing',
      (d) => withSchema(d, { properties: { x: { type: 'string' } } }),
    ],
    [
      'personal data without subject',
      'service-subject-missing',
      (d) => changed(d, (get) => ({ ...get, 'x-sapan-subject': [] })),
    ],
    [
      'a queue that is read',
      'service-description-invalid',
      (d) => changed(d, (get) => ({ ...get, 'x-sapan-queue': true })),
    ],
    [
      'a queue with a parameter in its address',
      'service-description-invalid',
      (d) => ({ ...d, paths: { ...d.paths, '/queues/{id}': { post: queueOperation(true) } } }),
    ],
    [
      'a queue of no kind',
      'service-description-invalid',
      (d) => ({
        ...d,
        paths: { ...d.paths, '/queue': { post: { ...queueOperation('later'), parameters: [] } } },
      }),
    ],
    [
      'a topic that cannot be asked from a place on',
      'service-description-invalid',
      (d) => ({ ...d, paths: { ...d.paths, '/events': { get: topicOperation(['limit']) } } }),
    ],
    [
      'a topic that does not describe what its gateway answers',
      'service-description-invalid',
      (d) => ({ ...d, paths: { ...d.paths, '/events': { get: topicOperation(['after', 'limit'], []) } } }),
    ],
    [
      'a subject that is not there',
      'service-description-invalid',
      (d) => changed(d, (get) => ({ ...get, 'x-sapan-subject': { in: 'query', name: 'id' } })),
    ],
    [
      'a subject of no kind',
      'service-description-invalid',
      (d) => changed(d, (get) => ({ ...get, 'x-sapan-subject': { in: 'header', name: 'id' } })),
    ],
    [
      'a pointer that is none',
      'service-description-invalid',
      (d) => changed(d, (get) => ({ ...get, 'x-sapan-subject': { in: 'answer', pointer: 'id' } })),
    ],
    [
      'two operations of one name',
      'service-operation-duplicate',
      (d) => changed(d, (get) => ({ ...get, operationId: 'getPhoto' })),
    ],
    [
      'an operation without name',
      'service-description-invalid',
      (d) => changed(d, (get) => ({ ...get, operationId: undefined })),
    ],
    [
      'an unknown reference',
      'service-reference-unknown',
      (d) => withSchema(d, { $ref: '#/components/schemas/Nobody' }),
    ],
    [
      'a reference to another document',
      'service-reference-unknown',
      (d) => withSchema(d, { $ref: 'https://example.org/x' }),
    ],
    [
      'a reference to itself',
      'service-reference-unknown',
      (d) => withSchema(d, { $ref: '#/components/schemas/Person' }),
    ],
    [
      'a field name with a dot',
      'service-description-invalid',
      (d) => withSchema(d, { properties: { 'a.b': leaf('x') } }),
    ],
    [
      'half a parameter in the path',
      'service-description-invalid',
      (d) => ({ ...d, paths: { '/a-{id}': d.paths['/persons/{id}'] } }),
    ],
    [
      'a path parameter that is not described',
      'service-description-invalid',
      (d) => ({ ...d, paths: { '/{x}': d.paths['/persons/{id}'] } }),
    ],
    [
      'a cookie',
      'service-description-invalid',
      (d) => changed(d, (get) => ({ ...get, parameters: [{ name: 'c', in: 'cookie' }] })),
    ],
  ]
  it.each(broken)('refuses %s', (_, code, change) => {
    expect(refusal(() => readServiceDescription(change(document())))).toBe(code)
  })

  it('refuses whatever is no object', () => {
    for (const value of [null, undefined, 1, 'x', []])
      expect(refusal(() => readServiceDescription(value))).toBe('service-description-invalid')
  })

  it('takes a service for personal by the terms of its parameters too, whatever it says of itself', () => {
    const draft = {
      openapi: '3.1.1',
      info: { title: 'x', version: 'v2', 'x-sapan-personal': false, ...text('x') },
      paths: {
        '/check': {
          get: {
            operationId: 'check',
            ...text('Check'),
            parameters: [{ name: 'id', in: 'query', schema: { 'x-sapan-term': 'person:nationalId' } }],
            responses: { 200: json({ type: 'boolean', ...text('Answer') }) },
          },
        },
      },
    }
    expect(refusal(() => readServiceDescription(draft))).toBe('service-subject-missing')
  })
})

describe('a small description that unfolds without end', () => {
  /** Each schema has the next one twice. */
  function unfolding(twice: (next: object) => object): object {
    const schemas = Object.fromEntries(
      Array.from({ length: 30 }, (_, n) => [`s${n}`, twice({ $ref: `#/components/schemas/s${n + 1}` })]),
    )
    const leaf = { s30: { type: 'string', ...text('Leaf') } }
    return {
      openapi: '3.1.0',
      info: { title: 'x', version: 'v1', ...text('x') },
      paths: {
        '/x': {
          get: {
            operationId: 'x',
            ...text('x'),
            responses: { 200: json({ $ref: '#/components/schemas/s0' }) },
          },
        },
      },
      components: { schemas: { ...schemas, ...leaf } },
    }
  }

  it.each([
    ['properties', (next: object) => ({ properties: { a: next, b: next } })],
    ['alternatives', (next: object) => ({ anyOf: [next, next] })],
  ])('by its %s is refused', (_, twice) => {
    expect(refusal(() => readServiceDescription(unfolding(twice)))).toBe('service-description-invalid')
  })
})

describe('matchOperation', () => {
  const description = readServiceDescription(document())
  const find = (method: string, path: string) => {
    const matched = matchOperation(description, method, path)
    return matched && [matched.operation.id, matched.pathParameters]
  }

  it('finds an operation, its parameters decoded', () => {
    expect(find('GET', '/persons/1%20%E0%B8%81')).toStrictEqual(['getPerson', { id: '1 ก' }])
    expect(find('DELETE', '/persons/1')).toStrictEqual(['deletePerson', { id: '1' }])
    expect(find('GET', '/persons/1/photo')).toStrictEqual(['getPhoto', { id: '1' }])
  })

  it('prefers a literal to a parameter, also when it is written encoded', () => {
    expect(find('GET', '/persons/statistics')).toStrictEqual(['getStatistics', {}])
    expect(find('GET', '/persons/%73tatistics')).toStrictEqual(['getStatistics', {}])
  })

  it('answers HEAD by GET’s operation, and nothing else by another’s', () => {
    expect(find('HEAD', '/persons/1')).toStrictEqual(['getPerson', { id: '1' }])
    for (const [method, path] of [
      ['POST', '/persons/1'],
      ['GET', '/persons'],
      ['GET', '/persons/'],
      ['GET', ''],
      ['GET', '/persons/1/'],
      ['get', '/persons/1'],
      ['GET', '/persons/%ff'],
    ] as const) {
      expect([method, path, find(method, path)]).toStrictEqual([method, path, undefined])
    }
  })

  it('shows a route without what stands in it', () => {
    const matched = matchOperation(description, 'GET', '/persons/1234567890123')
    expect(matched && routeTemplate('TH/GOV/DOPA/population/person-v1', matched.operation)).toBe(
      'TH/GOV/DOPA/population/person-v1/persons/{id}',
    )
  })
})

function changed(draft: Draft, change: (get: Draft['paths']['/persons/{id}']['get']) => object): object {
  const item = draft.paths['/persons/{id}']
  return { ...draft, paths: { ...draft.paths, '/persons/{id}': { ...item, get: change(item.get) } } }
}

function withSchema(draft: Draft, schema: object): object {
  return { ...draft, components: { schemas: { ...draft.components.schemas, Person: schema } } }
}

function refusal(act: () => unknown): string {
  try {
    act()
    return ''
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}
