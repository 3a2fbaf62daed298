import { randomUUID } from 'node:crypto'
import type { SiteMethod } from '@sapan/ui'
import { type Attack, ids, values } from './attacks.ts'

/** An operation of the API, as its OpenAPI document tells it, at an address with real ids. */
export interface Operation {
  readonly method: SiteMethod
  /** As it is registered: `/api/services/:service/drafts/:draft`. */
  readonly path: string
  readonly target: string
  /** What a program sends: the names of its members, and of what each holds; undefined where nothing is sent. */
  readonly members: ReadonlyMap<string, readonly string[]> | undefined
  /** Fields for which it takes files. */
  readonly files: readonly string[]
}

const jsonType = { 'content-type': 'application/json' }

/** JSON that no member is made for. */
const jsonValues: readonly string[] = [
  'null',
  'true',
  '-1',
  '1e308',
  '-0',
  '9007199254740993',
  '0.1',
  '""',
  '"\\u0000"',
  '"\\ud800"',
  '"\\u202e\\u2066"',
  '"2026-02-30"',
  '"275760-09-14"',
  '"\\"><script>alert(1)</script>"',
  '"=cmd|"',
  JSON.stringify('ก'.repeat(20_000)),
  '[]',
  '[[]]',
  '[null,1,"x",{}]',
  '{}',
  '{"__proto__":{"a":1}}',
  '{"constructor":{"prototype":1}}',
  '{"id":"x","sha256":"x","bytes":1e999}',
  '{"subdistrictCode":1,"givenName":[]}',
  `${'['.repeat(3000)}${']'.repeat(3000)}`,
  `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`,
]

/** Bodies that are nothing for this door, whatever it takes. */
const bodies: readonly (readonly [type: string | undefined, body: string])[] = [
  ['application/json', ''],
  ['application/json', '{'],
  ['application/json', '\uFEFF{}'],
  ['application/json', '['.repeat(60_000)],
  ['application/json', 'null'],
  ['application/json', '[]'],
  ['application/json', '{"__proto__":1,"constructor":2}'],
  ['application/json; charset=utf-16', '{}'],
  ['text/plain', '{}'],
  ['application/x-www-form-urlencoded', 'answers[a]=1&answers=2&declared=true'],
  ['multipart/form-data', '--b--'],
  [
    'multipart/form-data; boundary=b',
    '--b\r\ncontent-disposition: form-data; name="answers"\r\n\r\n{}\r\n--b--',
  ],
  ['multipart/form-data; boundary=b', '--b\r\n'],
  ['x', '{}'],
  [undefined, '{}'],
]

const headers: readonly Readonly<Record<string, string>>[] = [
  { authorization: '' },
  { authorization: 'Bearer' },
  { authorization: 'Bearer __proto__' },
  { authorization: `Bearer ${'x'.repeat(7000)}` },
  { authorization: 'DPoP e30.e30.e30', dpop: 'e30.e30.e30' },
  { authorization: 'Basic Og==' },
  { 'if-match': '' },
  { 'if-match': 'W/"x"' },
  { 'if-match': '"'.repeat(3000) },
  { 'if-none-match': `"${'x'.repeat(3000)}` },
  { 'idempotency-key': '' },
  { 'idempotency-key': '"' },
  { 'idempotency-key': 'x'.repeat(300) },
  { 'idempotency-key': '"\\"' },
  { 'idempotency-key': '"__proto__"' },
  { 'sapan-mandate': 'x' },
  { 'sapan-mandate': randomUUID() },
  { 'sapan-mandate': '__proto__' },
  { 'accept-language': `${'th-'.repeat(300)};q=-1` },
  { accept: 'application/ld+json;q=x, ,,' },
  { range: 'bytes=9-1' },
  { prefer: 'wait=99999999999' },
  { cookie: '=; ;; sapan-portal-session=%zz; __proto__=x' },
]

const queries = ['limit', 'after', 'lang', '__proto__']

/** Every attack on an operation of the API, by a program that has a right to it. */
export function attacksOnApi(operation: Operation): Attack[] {
  const { method, target } = operation
  const attack = (name: string, more: Partial<Attack>): Attack => ({
    ...{ name, method, target },
    ...more,
    headers: { 'if-match': '*', ...more.headers },
  })
  const usual = usualOf(operation)
  return [
    ...headers.map((own) =>
      attack(`header ${JSON.stringify(own).slice(0, 60)}`, {
        ...usual,
        headers: { ...usual.headers, ...own },
      }),
    ),
    ...onAddress(operation).map((at) => attack(`at ${at.slice(-60)}`, { ...usual, target: at })),
    ...Object.entries(values)
      .filter(([name]) => !/KB|JSON without/.test(name))
      .map(([name, value]) => {
        const query = queries.map((one) => `${one}=${value}`).join('&')
        return attack(`${name} in the query`, { ...usual, target: `${target}?${query}` })
      }),
    ...(method === 'GET'
      ? []
      : bodies.map(([type, body]) =>
          attack(`${type}: ${body.slice(0, 40)}`, {
            body,
            headers: type === undefined ? {} : { 'content-type': type },
          }),
        )),
    ...hostileBodies(operation).map((body) =>
      attack(`body ${body.slice(0, 90)}`, { body, headers: jsonType }),
    ),
    ...hostileFiles(operation.files).map(({ name, ...file }) => attack(name, file)),
  ]
}

function usualOf({ members }: Operation): Pick<Attack, 'body' | 'headers'> {
  return members === undefined ? {} : { body: '{}', headers: jsonType }
}

function onAddress({ path, target }: Operation): string[] {
  const places = path.split('/').flatMap((part, at) => (part.startsWith(':') ? [at] : []))
  return places.flatMap((place) => ids.map((id) => target.split('/').with(place, id).join('/')))
}

/** Each member, and each thing in it, with each value. */
function hostileBodies({ members = new Map() }: Operation): string[] {
  return [...members].flatMap(([member, inside]: [string, readonly string[]]) => {
    const within = (held: string) => `{${JSON.stringify(member)}:${held}}`
    return jsonValues.flatMap((value) => [
      within(value),
      within(`[${value}]`),
      ...inside.map((name) => within(`{${JSON.stringify(name)}:${value}}`)),
      ...inside.slice(0, 3).map((name) => within(`[{${JSON.stringify(name)}:${value}}]`)),
    ])
  })
}

function hostileFiles(fields: readonly string[]): Pick<Attack, 'name' | 'headers' | 'body'>[] {
  const [pdf, ...others] = fileContents
  const sent = (name: string, field: string, item: string, file = pdf) => ({
    name: `file ${name.slice(0, 20)} as ${field.slice(0, 20)} ${item.slice(0, 9)}: ${file?.slice(0, 5)}`,
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    body: [
      part('field', field),
      ...(item === '' ? [] : [part('item', item)]),
      part('file', file ?? '', `; filename="${name}"`),
      '--b--\r\n',
    ].join(''),
  })
  return fields.flatMap((field) => [
    ...fileNames.map((name) => sent(name, field, '')),
    ...others.map((content) => sent('a.pdf', field, '', content)),
    ...['__proto__', '', '9'.repeat(400), '-1', '1e9'].flatMap((odd) => [
      sent('a.pdf', odd, ''),
      sent('a.pdf', field, odd),
    ]),
  ])
}

const fileNames = ['../../x.pdf', 'a\u202Efdp.exe', 'ก'.repeat(1200), '%00%zz', '', '.', 'con', 'a%0D%0Ab: c']
const fileContents = [
  '%PDF-1.7\n%%EOF',
  '<svg onload="alert(1)"/>',
  '\0',
  'PK\x03\x04',
  '\x89PNG\r\n\x1a\n',
  '\xff\xd8\xff',
]

const part = (name: string, value: string, more = '') =>
  `--b\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`
