import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { close } from './closing.ts'

const text = (th: string, en: string) => ({ 'x-sapan-text': { th, en } })
const field = (type: string, th: string, en: string, term?: string) => ({
  type,
  ...text(th, en),
  ...(term ? { 'x-sapan-term': term } : {}),
})

const person = {
  type: 'object',
  properties: {
    nationalId: field('string', 'เลขประจำตัวประชาชน', 'National number', 'person:nationalId'),
    name: {
      type: 'object',
      ...text('ชื่อ', 'Name'),
      properties: {
        given: field('string', 'ชื่อตัว', 'Given name', 'person:givenName'),
        family: field('string', 'ชื่อสกุล', 'Family name', 'person:familyName'),
      },
    },
    birthDate: field('string', 'วันเกิด', 'Date of birth', 'person:birthDate'),
    religion: field('string', 'ศาสนา', 'Religion', 'person:religion'),
  },
}

const json = (schema: object) => ({
  '200': { description: 'ok', content: { 'application/json': { schema } } },
})
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' }, ...text('เลข', 'Number') }
const mine = { name: 'X-Mine', in: 'header', schema: { type: 'string' }, ...text('ของเรา', 'Ours') }

/** The description of the register that tests ask. */
export const registerDescription = {
  openapi: '3.1.0',
  info: {
    title: 'Test register',
    version: 'v1',
    ...text('ทะเบียนทดสอบ', 'Test register'),
    'x-sapan-code': 'person',
    'x-sapan-personal': true,
  },
  paths: {
    '/persons/{id}': {
      parameters: [id, mine],
      get: {
        operationId: 'getPerson',
        ...text('อ่านบุคคล', 'Read a person'),
        'x-sapan-subject': [{ in: 'path', name: 'id' }],
        responses: json(person),
      },
      put: {
        operationId: 'putPerson',
        ...text('แก้บุคคล', 'Change a person'),
        'x-sapan-subject': [{ in: 'path', name: 'id' }],
        responses: json(person),
      },
    },
    '/persons': {
      get: {
        operationId: 'findPersons',
        ...text('ค้นบุคคล', 'Find people'),
        'x-sapan-subject': [{ in: 'answer', pointer: '/persons/*/nationalId' }],
        parameters: [
          { name: 'family', in: 'query', schema: { type: 'string' }, ...text('สกุล', 'Family name') },
          { name: 'born', in: 'query', schema: { type: 'string' }, ...text('เกิด', 'Born') },
        ],
        responses: json({
          type: 'object',
          properties: { persons: { type: 'array', items: person, ...text('บุคคล', 'People') } },
        }),
      },
    },
    '/photos/{id}': {
      parameters: [id],
      get: {
        operationId: 'getPhoto',
        ...text('อ่านภาพ', 'Read a photograph'),
        'x-sapan-subject': [{ in: 'path', name: 'id' }],
        responses: { '200': { description: 'ok', content: { 'image/jpeg': {} } } },
      },
      post: {
        operationId: 'postPhoto',
        ...text('ส่งภาพ', 'Send a photograph'),
        'x-sapan-subject': [{ in: 'path', name: 'id' }],
        responses: { '200': { description: 'ok', content: { 'image/jpeg': {} } } },
      },
    },
  },
}

/** A number of the sandbox's kind: well-formed, nobody's. */
export const somebody = '1234567890121'

export const wholePerson = {
  nationalId: somebody,
  name: { given: 'สมชาย', family: 'ใจดี' },
  birthDate: '1980-05-17',
  religion: 'none of your business',
}

export type Answering = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void

/** A provider's system of which each test says how it answers; it remembers what it was asked. */
export interface TestRegister {
  readonly url: string
  readonly asked: { method: string; url: string; headers: IncomingMessage['headers']; body: Buffer }[]
  answering: Answering
  close(): Promise<void>
}

export const answerPerson: Answering = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'x-internal': 'secret' })
  response.end(JSON.stringify(wholePerson))
}

export async function startRegister(): Promise<TestRegister> {
  const register: TestRegister = {
    url: '',
    asked: [],
    answering: answerPerson,
    close: () => close(server),
  }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const { method = '', url = '', headers } = request
    register.asked.push({ method, url, headers, body })
    register.answering(request, response, body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(register, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
}
