import { storeAnswers } from './petstore.ts'

/** A call of X-Road's document, without where it goes to. */
export interface Example {
  readonly name: string
  readonly method: string
  /** Below the service's address. */
  readonly path: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer | null
}

const doggie = Buffer.from(
  '{ "id": 0, "category": { "id": 0, "name": "string" }, "name": "doggie", "photoUrls": [ "string" ], "tags": [ { "id": 0, "name": "string" } ], "status": "available"}',
)
const accept = ['accept', 'application/json'] as const
const typed = [accept, ['Content-Type', 'application/json']] as const
const boundary = '------------------------d74496d66958873e'
const image = Buffer.concat([
  Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="cat.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`,
  ),
  Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 31) % 256)),
  Buffer.from(`\r\n--${boundary}--\r\n`),
])

/** §6.2 to §6.6 as they stand there. */
export const calls: readonly Example[] = [
  { name: '§6.2 GET', method: 'GET', path: '/v2/pets/1124', headers: [accept], body: null },
  { name: '§6.3 PUT', method: 'PUT', path: '/v2/pets/5657082955040009', headers: typed, body: doggie },
  { name: '§6.4 POST', method: 'POST', path: '/v2/pets', headers: typed, body: doggie },
  { name: '§6.5 DELETE', method: 'DELETE', path: '/v2/pets/1124', headers: [accept], body: null },
  {
    name: '§6.6 POST with an attachment',
    method: 'POST',
    path: '/v2/pets/1124/images',
    headers: [accept, ['Content-Type', `multipart/form-data; boundary=${boundary}`]],
    body: image,
  },
]

/** What §4.3 says of headers, in one call. */
export const withHeaders: Example = {
  name: '§4.3 headers',
  method: 'GET',
  path: '/v2/pets?term=a%20b%2Fc%E0%B8%81&quu=1',
  headers: [
    ['Accept', 'application/xml;q=0.9, application/json'],
    ['X-Road-Id', 'fa2e18a5-c2cb-4d09-b994-f57727f7c3fb'],
    ['X-Road-UserId', 'EE12345678901'],
    ['X-Road-Issue', 'MT324223MSD'],
    ['X-Road-Request-Hash', 'forged'],
    ['X-Pingback', 'https://example.com/xmlrpc.php'],
    ['User-Agent', 'conformance/1'],
  ],
  body: null,
}

/** Nothing beside X-Road-Client. */
export const bare: Example = {
  name: 'bare',
  method: 'GET',
  path: '/v2/pets/1124',
  headers: [],
  body: null,
}

/** What the store itself refuses, and where it sends one elsewhere. */
export const passedOn: readonly Example[] = [
  { ...bare, name: '§4.6 example 1: the provider’s own 405', path: '/v2/pets/405' },
  { ...bare, name: '§4.4 a redirection', path: '/v2/pets/302' },
]

/** What the store answers to an example. */
export function answerTo({ method, path }: Example) {
  const answer = storeAnswers[`${method} ${path.split('?')[0]}`]
  if (answer === undefined) throw new Error(`the store does not know ${method} ${path}`)
  return answer
}
