import { randomUUID } from 'node:crypto'
import type { FaceRoute } from './house.ts'
import type { Found } from './pages.ts'
import type { Sent } from './visitor.ts'

/** A request that nobody sends by accident, and what it is called. */
export interface Attack extends Sent {
  readonly name: string
  /** No page of ours has sent it: it must not be taken. */
  readonly isForged?: true
}

const formType = 'application/x-www-form-urlencoded'

/** What no field is made for; text as it stands between `=` and `&`. */
export const values: Readonly<Record<string, string>> = {
  'a NUL': 'a%00b',
  'broken percent-encoding': '%zz%%4',
  'half a letter': '%E0%B8',
  'a lone surrogate': '%ED%A0%80',
  '60 KB': 'ก'.repeat(20_000),
  'a prototype': '__proto__',
  'a number beyond numbers': '9'.repeat(400),
  'a negative number': '-1',
  'an exponent': '1e309',
  'an impossible date': '2026-02-30',
  'a date beyond dates': '275760-09-14',
  'a year of six digits': '999999-12-31',
  'a file of another': '../../../../etc/passwd',
  'an identifier of nobody': randomUUID(),
  SQL: "'%3B+drop+table+identity.account%3B+--",
  markup: '%22%3E%3Cscript%3Ealert(1)%3C/script%3E',
  'what turns the line': '%E2%80%AE%E2%81%A6%E2%80%8B',
  'a line break': 'a%0D%0Aset-cookie:+b=c',
  'a formula': '=cmd%7C',
  JSON: '%7B%22__proto__%22:%7B%22admin%22:true%7D,%22id%22:%5B%5D%7D',
  'JSON without end': '%5B'.repeat(5000),
  null: 'null',
  'an address elsewhere': 'https://evil.example/%23',
  'another address elsewhere': '//evil.example',
}

/** Ids in an address, as they stand between slashes. */
export const ids = [
  '__proto__',
  'constructor',
  '%00',
  '%zz',
  '%ff%fe',
  '..%2f..%2f',
  '%2e%2e',
  "'--",
  '00000000-0000-0000-0000-000000000000',
  randomUUID(),
  'x'.repeat(499),
  'x'.repeat(600),
  '%E2%80%AE',
  '1e9',
  '-1',
  '%F0%9F%92%A9',
]

/** Whole bodies that are no form, and forms that are none of ours. */
function bodies(
  key: string,
  names: readonly string[],
): { name: string; type?: string; body?: string | Buffer }[] {
  const part = `--b\r\ncontent-disposition: form-data; name="form-key"\r\n\r\n${key}\r\n`
  const keyed = `form-key=${key}`
  return [
    { name: 'nothing at all' },
    { name: 'the key alone', type: formType, body: keyed },
    { name: 'no key', type: formType, body: names.map((name) => `${name}=x`).join('&') },
    { name: 'JSON', type: 'application/json', body: '{"__proto__":{"a":1}}' },
    { name: 'JSON that is none', type: 'application/json', body: '{' },
    {
      name: 'JSON of the wrong shape',
      type: 'application/json',
      body: JSON.stringify(Object.fromEntries(names.map((name) => [name, { [name]: [null, 1e99, {}] }]))),
    },
    { name: 'JSON without end', type: 'application/json', body: '['.repeat(50_000) },
    { name: 'text', type: 'text/plain', body: keyed },
    { name: 'no type', type: '', body: keyed },
    { name: 'a type that is none', type: 'x', body: keyed },
    { name: 'another charset', type: `${formType}; charset=utf-16`, body: keyed },
    {
      name: 'bytes',
      type: formType,
      body: Buffer.concat([Buffer.from(`${keyed}&a=`), Buffer.from([0xff, 0xfe, 0])]),
    },
    { name: 'multipart without end', type: 'multipart/form-data; boundary=b', body: `${part}--b\r\n` },
    { name: 'multipart without boundary', type: 'multipart/form-data', body: part },
    {
      name: 'multipart with a file for each field',
      type: 'multipart/form-data; boundary=b',
      body: `${part}${names.map((name) => `--b\r\ncontent-disposition: form-data; name="${name}"; filename="../${name}\u202E.pdf"\r\ncontent-type: application/pdf\r\n\r\n%PDF-1.7\r\n`).join('')}--b--\r\n`,
    },
    { name: '1 MB', type: formType, body: `${keyed}&${names[0] ?? 'a'}=${'x'.repeat(2 ** 20)}` },
    { name: 'ten thousand fields', type: formType, body: keyed + '&a'.repeat(10_000) },
    {
      name: 'names of prototypes',
      type: formType,
      body: `${keyed}&__proto__=x&__proto__[a]=1&constructor=x&constructor.prototype.a=1&toString=x&hasOwnProperty=x&=x`,
    },
    {
      name: 'lists for single values',
      type: formType,
      body: `${keyed}${names.map((name) => `&${name}[]=1&${name}[a]=1&${name}=1&${name}=2`).join('')}`,
    },
  ]
}

/** Every attack on a route. `found` has real ids, and what its form would send; `key` is of the face's forms. */
export function attacksOn(route: FaceRoute, found: Found | undefined, key: string): Attack[] {
  const target = found?.target ?? route.path.replace(/:\w+/g, randomUUID())
  return [
    ...onAddress(route, target, key),
    ...(route.method === 'GET' ? onQuery(target, found) : onForm(target, found, key)),
  ]
}

function onAddress({ method, path }: FaceRoute, target: string, key: string): Attack[] {
  if (!path.includes(':')) return []
  const [bare = ''] = target.split('?')
  const places = path.split('/').flatMap((part, at) => (part.startsWith(':') ? [at] : []))
  return places.flatMap((place) =>
    ids.map((id) => {
      const parts = bare.split('/')
      parts[place] = id
      const form = method === 'POST' ? { headers: { 'content-type': formType }, body: `form-key=${key}` } : {}
      return {
        name: `${path.split('/')[place]} ${id.slice(0, 40)}`,
        method,
        target: parts.join('/'),
        ...form,
      }
    }),
  )
}

/** What pages take from addresses, whether or not the one in hand was seen to. */
const queries = [
  'next',
  'show',
  'page',
  'after',
  'before',
  'lang',
  'code',
  'state',
  'iss',
  'error',
  'from',
  'v',
  'q',
  'way',
  'step',
  'done',
  '__proto__',
  'agency',
  'number',
  'act',
  'ticket',
]

function onQuery(target: string, found: Found | undefined): Attack[] {
  const [bare = ''] = target.split('?')
  const names = [...new Set([...Object.keys(found?.fields ?? {}), ...queries])]
  const get = (name: string, query: string, headers: Record<string, string> = {}): Attack => ({
    name,
    method: 'GET',
    target: `${bare}?${query}`,
    headers,
  })
  return [
    ...Object.entries(values)
      .filter(([name]) => !/KB|JSON without/.test(name))
      .map(([name, value]) => get(`${name} everywhere`, names.map((one) => `${one}=${value}`).join('&'))),
    get('lists', names.map((one) => `${one}[]=1&${one}=1&${one}=2`).join('&')),
    get('a long query', `a=${'x'.repeat(7000)}`),
    get('strange headers', '', {
      authorization: 'Basic __proto__',
      dpop: 'e30.e30.e30',
      range: 'bytes=9-1',
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-for': '__proto__',
      prefer: 'wait=99999999999',
      accept: '*/*;q=x, ,,',
      'accept-language': `${'th-'.repeat(300)};q=-1, __proto__;q=NaN`,
      'accept-encoding': 'br;q=x, __proto__',
      'if-none-match': 'W/"'.repeat(50),
      'user-agent': '\u00ff'.repeat(900),
    }),
    get('broken cookies', '', {
      cookie:
        '=; ;; sapan-portal-session=%zz; sapan-desk-session=\u00ff; sapan-identity-browser=; __proto__=x; _session=x; _session.sig=x',
    }),
  ]
}

/** What a page of somebody else's could make a browser send (CSRF), with all the cookies. */
function forged(
  post: (name: string, type: string, body: string) => Attack,
  body: string,
  key: string,
): Attack[] {
  const withKey = (name: string, headers: Record<string, string>): Attack => {
    const attack = post(name, formType, body)
    return { ...attack, headers: { ...attack.headers, ...headers }, isForged: true }
  }
  const keyless = (name: string, instead: string): Attack => ({
    ...post(name, formType, body.replace(key, instead)),
    isForged: true,
  })
  return [
    withKey('from another origin', { origin: 'https://evil.example' }),
    withKey('from an origin that hides', { origin: 'null' }),
    withKey('from another site', { 'sec-fetch-site': 'cross-site' }),
    withKey('from a neighbour', { 'sec-fetch-site': 'same-site' }),
    keyless('without a key', ''),
    keyless('with a key of another browser', Buffer.alloc(64, 7).toString('base64url')),
  ]
}

function onForm(target: string, found: Found | undefined, key: string): Attack[] {
  const fields = Object.entries(found?.fields ?? {})
  const names =
    fields.length > 0
      ? fields.map(([name]) => name)
      : ['name', 'number', 'code', 'response', 'ceremony', 'answer', 'scopes', 'token', 'decision', 'reason']
  const post = (name: string, type: string | undefined, body?: string | Buffer): Attack => ({
    name,
    method: 'POST',
    target,
    ...(type === undefined ? {} : { headers: { 'content-type': type } }),
    ...(body === undefined ? {} : { body }),
  })
  const form = (sent: readonly (readonly [string, string])[]) =>
    [['form-key', key] as const, ...sent]
      .map(([name, value]) => `${encodeURIComponent(name)}=${value}`)
      .join('&')
  const usual = new Map(fields.map(([name, value]) => [name, encodeURIComponent(value || '1')]))
  return [
    ...forged(post, form([...usual]), key),
    ...bodies(key, names).map(({ name, type, body }) => post(name, type, body)),
    ...Object.entries(values).flatMap(([what, value]) => [
      ...(value.length > 1000
        ? []
        : [post(`${what} everywhere`, formType, form(names.map((name) => [name, value] as const)))]),
      ...names.map((name) =>
        post(`${what} as ${name}`, formType, form([...new Map([...usual, [name, value]])])),
      ),
    ]),
    ...names.map((name) =>
      post(`without ${name}`, formType, form([...usual].filter(([one]) => one !== name))),
    ),
  ]
}
