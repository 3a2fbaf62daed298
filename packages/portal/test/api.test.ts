import type { Report } from '@sapan/documents/check'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Checking } from '../src/checking/checking.ts'
import { everyReport } from './reports.ts'
import { type ServedPortal, servePortal } from './serve.ts'
import { signedDocument } from './signed.ts'

let served: ServedPortal | undefined

afterEach(async () => {
  await served?.close()
  served = undefined
})

async function serve(options: Parameters<typeof servePortal>[0] = {}): Promise<string> {
  served = await servePortal(options)
  return served.origin
}

interface Description {
  readonly openapi: string
  readonly info: Record<string, unknown>
  readonly paths: Record<string, Record<string, Operation>>
  readonly components: { readonly schemas: Record<string, Record<string, unknown>> }
}

interface Operation {
  readonly summary: string
  readonly responses: Record<string, { readonly description: string }>
}

async function described(origin: string, language = 'en'): Promise<Description> {
  const answer = await fetch(`${origin}/api/openapi.json`, { headers: { 'accept-language': language } })
  expect(answer.headers.get('content-language')).toBe(language)
  return answer.json() as Promise<Description>
}

/** Says what in a value is not as the schema of that name has it; a field that the schema does not name is wrong too. */
function faultsBy({ components }: Description, name: string): (value: unknown) => string[] {
  const schemas = Object.entries(components.schemas).map(([key, schema]) => {
    const isClosed = name === 'Report' && schema.type === 'object'
    return [key, isClosed ? { ...schema, additionalProperties: false } : schema]
  })
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
  const validate = ajv.compile({
    $ref: `#/components/schemas/${name}`,
    components: { schemas: Object.fromEntries(schemas) },
  })
  return (value) => {
    validate(value)
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  }
}

describe('the description of the interface', () => {
  it('is OpenAPI 3.1 in the language of the reader, with both languages beside', async () => {
    const origin = await serve()
    const [thai, english] = [await described(origin, 'th'), await described(origin)]
    expect(await new Validator().validate({ ...english })).toMatchObject({ valid: true })
    expect(english).toMatchObject({
      openapi: expect.stringMatching(/^3\.1\./),
      info: { title: 'Check a document', 'x-sapan-text': { th: 'ตรวจเอกสาร', en: 'Check a document' } },
    })
    expect(thai.info.title).toBe('ตรวจเอกสาร')
    expect(thai.paths['/api/check']?.post?.summary).toMatch(/ตรวจว่าใครลงนาม/)
  })

  it('has words in Thai and English for every field, and a description for every answer', async () => {
    const { components, paths } = await described(await serve())
    for (const [name, schema] of Object.entries(components.schemas)) {
      for (const [field, part] of Object.entries(schema.properties as Record<string, Part>)) {
        expect(part['x-sapan-text']?.th, `${name}.${field}`).toMatch(/[\u0E00-\u0E7F]/)
        expect(part['x-sapan-text']?.en, `${name}.${field}`).toMatch(/[a-z]/i)
      }
    }
    const { responses = {} } = paths['/api/check']?.post ?? {}
    expect(Object.keys(responses)).toEqual(['200', '400', '405', '413', '415', '422', '500', '503'])
    for (const { description } of Object.values(responses)) expect(description).not.toBe('')
  })

  it('refers to nothing that is not there', async () => {
    const text = JSON.stringify(await described(await serve()))
    const { schemas } = (JSON.parse(text) as Description).components
    const names = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name = '']) => name)
    expect(names.length).toBeGreaterThan(10)
    for (const name of names) expect(schemas).toHaveProperty(name)
  })

  it('is the one that reports of each verdict keep to', async () => {
    const faults = faultsBy(await described(await serve()), 'Report')
    for (const report of Object.values(everyReport)) expect(faults(report)).toEqual([])
    expect(faults({ ...everyReport.passedReport, conclusion: 'FINE' })).not.toEqual([])
    expect(faults({ ...everyReport.passedReport, more: 1 })).not.toEqual([])
    const { findings: _, ...less } = everyReport.passedReport
    expect(faults(less)).not.toEqual([])
  })
})

interface Part {
  readonly 'x-sapan-text'?: { readonly th: string; readonly en: string }
}

describe('what the interface answers', () => {
  let files: Awaited<ReturnType<typeof signedDocument>>

  beforeAll(async () => {
    files = await signedDocument()
  })

  const post = (origin: string, body: BodyInit, headers: Record<string, string> = pdf) =>
    fetch(`${origin}/api/check`, { method: 'POST', body, headers })
  const pdf = { 'content-type': 'application/pdf', 'accept-language': 'en' }

  it('are reports as described, of files that were really checked', async () => {
    const origin = await serve({ anchors: [files.root] })
    const faults = faultsBy(await described(origin), 'Report')
    const changed = Buffer.from(files.pdf)
    changed.writeUInt8(changed.readUInt8(3000) ^ 1, 3000)
    const checked = async (bytes: Uint8Array): Promise<string> => {
      const report = (await (await post(origin, new Uint8Array(bytes))).json()) as Report
      expect(faults(report)).toEqual([])
      return report.conclusion
    }
    expect(await checked(files.pdf)).toBe('TOTAL-PASSED')
    expect(await checked(changed)).toBe('TOTAL-FAILED')
    expect(await checked(files.unsigned)).toBe('NO_SIGNATURE')
    await served?.close()
    const stranger = await serve({ anchors: [] })
    const unknown = (await (await post(stranger, new Uint8Array(files.pdf))).json()) as Report
    expect([unknown.conclusion, faults(unknown)]).toEqual(['INDETERMINATE', []])
  })

  const busy: Checking = {
    check: async () => Promise.reject(new Error('not asked')),
    close: async () => {},
  }

  it.each([
    ['no file', 400, 'upload-missing', '', pdf],
    ['no file, in a form', 400, 'upload-missing', new FormData(), undefined],
    ['a form without its end', 400, 'upload-malformed', 'x', { 'content-type': 'multipart/form-data' }],
    ['too much', 413, 'upload-too-large', 'x'.repeat(101), pdf],
    [
      'a form of the web',
      415,
      'upload-type-unsupported',
      'file=x',
      type('application/x-www-form-urlencoded'),
    ],
    ['JSON', 415, 'upload-type-unsupported', '{}', type('application/json')],
    ['a packed body', 415, 'upload-type-unsupported', 'x', { ...pdf, 'content-encoding': 'gzip' }],
    ['too much of a wrong type', 415, 'upload-type-unsupported', 'x'.repeat(101), type('text/plain')],
  ])('to %s is %i %s', async (_, status, code, body, headers) => {
    const origin = await serve({ mostBytes: 100, checking: busy })
    const answer = await post(origin, body, headers ?? { 'accept-language': 'en' })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json'])
    const problem = await answer.json()
    expect(problem.code).toBe(code)
    expect(faultsBy(await described(origin), 'Problem')(problem)).toEqual([])
  })

  it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('to %s is that it takes POST', async (method) => {
    const answer = await fetch(`${await serve({ checking: busy })}/api/check`, { method })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
    expect((await answer.json()).code).toBe('portal-method-not-allowed')
  })

  it('says what the page and the description take as well', async () => {
    const origin = await serve({ checking: busy })
    const page = await fetch(`${origin}/check`, { method: 'DELETE' })
    expect([page.status, page.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST'])
    const description = await fetch(`${origin}/api/openapi.json`, { method: 'POST' })
    expect([description.status, description.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
    expect((await fetch(`${origin}/api/nothing`)).status).toBe(404)
    expect((await fetch(`${origin}/constructor`)).status).toBe(404)
  })

  it('to what is no document is 422 in the language that was asked for', async () => {
    const origin = await serve()
    const answer = await post(origin, 'hello', { ...pdf, 'accept-language': 'th,en;q=0.5' })
    expect([answer.status, answer.headers.get('content-language')]).toEqual([422, 'th'])
    const problem = await answer.json()
    expect(problem).toMatchObject({
      code: 'document-unreadable',
      title: 'อ่านไฟล์นี้ไม่ได้',
      en: { title: 'This file cannot be read' },
    })
    expect(faultsBy(await described(origin), 'Problem')(problem)).toEqual([])
  })

  it('while too many wait is when to come again', async () => {
    const { Problem } = await import('@sapan/kernel')
    const { portalProblems } = await import('../src/index.ts')
    const check = async () => Promise.reject(new Problem(portalProblems['checker-busy']))
    const answer = await post(await serve({ checking: { ...busy, check } }), '%PDF-')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
  })
})

function type(of: string): Record<string, string> {
  return { 'content-type': of, 'accept-language': 'en' }
}
