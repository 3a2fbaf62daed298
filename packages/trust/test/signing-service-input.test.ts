import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { ServiceDesk } from './signing-service-desk.ts'

const hashOf = (text: string) => createHash('sha256').update(text).digest('base64')
const [one, two] = [hashOf('หนึ่ง'), hashOf('สอง')]

describe('bad input has its own answer', () => {
  const authorization = { credentialID: 'seal', numSignatures: 1, hash: [one], PIN: '1234' }
  const signature = { credentialID: 'seal', SAD: 'x', hash: [one], signAlgo: '1.2.840.113549.1.1.11' }
  const cases: [string, string, unknown, string][] = [
    ['no credential', 'v1/credentials/info', {}, 'Missing (or invalid type) string parameter credentialID'],
    [
      'a number for one',
      'v1/credentials/info',
      { credentialID: 7 },
      'Missing (or invalid type) string parameter credentialID',
    ],
    ["somebody else's", 'v1/credentials/info', { credentialID: 'nobody' }, 'Invalid parameter credentialID'],
    [
      'certificates of no kind',
      'v1/credentials/info',
      { credentialID: 'seal', certificates: 'all' },
      'Invalid parameter certificates',
    ],
    [
      'a text for yes or no',
      'v1/credentials/info',
      { credentialID: 'seal', certInfo: 'yes' },
      'Missing (or invalid type) boolean parameter certInfo',
    ],
    ['no page', 'v1/credentials/list', { pageToken: '../..' }, 'Invalid parameter pageToken'],
    ['pages of none', 'v1/credentials/list', { maxResults: 0 }, 'Invalid parameter maxResults'],
    ["somebody else's list", 'v2/credentials/list', { userID: 'somebody' }, 'userID parameter MUST be null'],
    [
      'no number',
      'v1/credentials/authorize',
      { ...authorization, numSignatures: '1' },
      'Missing (or invalid type) integer parameter numSignatures',
    ],
    [
      'none to sign',
      'v1/credentials/authorize',
      { ...authorization, numSignatures: 0 },
      'Invalid value for parameter numSignatures',
    ],
    [
      'too many to sign',
      'v1/credentials/authorize',
      { ...authorization, numSignatures: 5 },
      'Numbers of signatures is too high',
    ],
    [
      'more digests than signatures',
      'v1/credentials/authorize',
      { ...authorization, hash: [one, two] },
      'Invalid value for parameter numSignatures',
    ],
    [
      'no digests under SCAL2',
      'v1/credentials/authorize',
      { ...authorization, hash: undefined },
      'The credential has SCAL2: the hashes to be signed must be given',
    ],
    ['an empty list', 'v1/credentials/authorize', { ...authorization, hash: [] }, 'Empty hash array'],
    [
      'a text for a list',
      'v1/credentials/authorize',
      { ...authorization, hash: one },
      'Missing (or invalid type) array parameter hash',
    ],
    [
      'no Base64',
      'v1/credentials/authorize',
      { ...authorization, hash: ['@@'] },
      'Invalid Base64 hash string parameter',
    ],
    [
      'no PIN',
      'v1/credentials/authorize',
      { ...authorization, PIN: undefined },
      'Missing (or invalid type) string parameter PIN',
    ],
    [
      'factors of no form',
      'v2/credentials/authorize',
      { ...authorization, hashes: [one], authData: ['1234'] },
      'Invalid parameter authData',
    ],
    [
      'no SAD',
      'v1/signatures/signHash',
      { ...signature, SAD: '' },
      'Missing (or invalid type) string parameter SAD',
    ],
    ['a SAD that is none', 'v1/signatures/signHash', signature, 'Invalid parameter SAD'],
    [
      'no digests to sign',
      'v1/signatures/signHash',
      { ...signature, hash: undefined },
      'Missing (or invalid type) array parameter hash',
    ],
    [
      'no algorithm',
      'v1/signatures/signHash',
      { ...signature, signAlgo: undefined },
      'Missing (or invalid type) string parameter signAlgo',
    ],
    [
      "another key's algorithm",
      'v1/signatures/signHash',
      { ...signature, signAlgo: '1.2.840.10045.4.3.2' },
      'Invalid parameter signAlgo',
    ],
    [
      'RSA without a digest',
      'v1/signatures/signHash',
      { ...signature, signAlgo: '1.2.840.113549.1.1.1' },
      'Missing (or invalid type) string parameter hashAlgo',
    ],
    [
      'PSS without parameters',
      'v1/signatures/signHash',
      { ...signature, signAlgo: '1.2.840.113549.1.1.10' },
      'Missing (or invalid type) string parameter signAlgoParams',
    ],
    [
      'PSS with broken ones',
      'v1/signatures/signHash',
      { ...signature, signAlgo: '1.2.840.113549.1.1.10', signAlgoParams: 'MAA=' },
      'Invalid parameter signAlgoParams',
    ],
    [
      'an unknown digest',
      'v1/signatures/signHash',
      { ...signature, hashAlgo: '1.3.14.3.2.26' },
      'Invalid parameter hashAlgo',
    ],
    [
      'two digests',
      'v1/signatures/signHash',
      { ...signature, hashAlgo: '2.16.840.1.101.3.4.2.3' },
      'Invalid parameter hashAlgo',
    ],
    [
      'a digest of another length',
      'v1/signatures/signHash',
      { ...signature, hash: ['AAAA'] },
      'Invalid digest value length',
    ],
    [
      'later answers in v1',
      'v1/signatures/signHash',
      { ...signature, operationMode: 'A' },
      'Invalid parameter operationMode: this service answers synchronously',
    ],
    [
      'an answer at some time',
      'v2/signatures/signHash',
      { ...signature, hashes: [one], operationMode: 'B' },
      'Invalid parameter operationMode',
    ],
    [
      'an answer sent to an address',
      'v2/signatures/signHash',
      { ...signature, hashes: [one], operationMode: 'A', response_uri: 'http://169.254.169.254/' },
      'Invalid parameter response_uri',
    ],
    [
      'an answer kept for ever',
      'v2/signatures/signHash',
      { ...signature, hashes: [one], operationMode: 'A', validity_period: 1e12 },
      'Out of bounds parameter validity_period',
    ],
    ['an outcome of nothing', 'v2/signatures/signPolling', { requestID: 'x' }, 'Invalid parameter requestID'],
    [
      'ten thousand digests',
      'v1/credentials/authorize',
      { ...authorization, numSignatures: 4, hash: Array.from({ length: 10_000 }, () => one) },
      'Invalid parameter hash',
    ],
    [
      'Base64 with a line break',
      'v1/credentials/authorize',
      { ...authorization, hash: [`${one.slice(0, 20)}\n${one.slice(20)}`] },
      'Invalid Base64 hash string parameter',
    ],
    [
      'Base64 without its padding',
      'v1/credentials/authorize',
      { ...authorization, hash: [one.slice(0, -1)] },
      'Invalid Base64 hash string parameter',
    ],
    [
      'the other Base64',
      'v1/credentials/authorize',
      { ...authorization, hash: [Buffer.alloc(32, 0xff).toString('base64url')] },
      'Invalid Base64 hash string parameter',
    ],
    [
      'Base64 with bits left over',
      'v1/credentials/authorize',
      { ...authorization, hash: [`${one.slice(0, -2)}B=`] },
      'Invalid Base64 hash string parameter',
    ],
    [
      'a digest of no length',
      'v1/credentials/authorize',
      { ...authorization, hash: ['AAAA'] },
      'Invalid digest value length',
    ],
    [
      'a text that is turned round for its reader',
      'v1/credentials/authorize',
      { ...authorization, description: 'จ่าย \u202e001 บาท' },
      'Invalid parameter description',
    ],
    [
      'a text of two lines',
      'v1/credentials/authorize',
      { ...authorization, description: 'ใบลา\nอนุมัติแล้ว' },
      'Invalid parameter description',
    ],
    [
      'a text of a book',
      'v1/credentials/authorize',
      { ...authorization, description: 'ก'.repeat(501) },
      'Invalid parameter description',
    ],
    [
      'two PINs',
      'v2/credentials/authorize',
      {
        ...authorization,
        hashes: [one],
        PIN: undefined,
        authData: [
          { id: 'PIN', value: '0000' },
          { id: 'PIN', value: '1234' },
        ],
      },
      'Invalid parameter authData',
    ],
    [
      'a PIN in two places',
      'v2/credentials/authorize',
      { ...authorization, hashes: [one], authData: [{ id: 'PIN', value: '0000' }] },
      'Invalid parameter authData',
    ],
    [
      'no factors',
      'v2/credentials/authorize',
      { ...authorization, hashes: [one], PIN: undefined },
      'Missing (or invalid type) array parameter authData',
    ],
    [
      'JSON a hundred thousand lists deep',
      'v1/credentials/list',
      '['.repeat(100_000),
      'The request body must be a JSON object',
    ],
    ['no JSON', 'v1/credentials/list', '{', 'The request body must be a JSON object'],
    ['a list for an object', 'v1/credentials/list', '[]', 'The request body must be a JSON object'],
  ]

  it.each(cases)('%s: %s', async (_, method, parameters, description) => {
    const { status, body } = await (await ServiceDesk.open()).call(method, parameters)
    expect(status).toBe(400)
    expect(body.error).toBe('invalid_request')
    expect(body.error_description).toBe(description)
    expect(body.error_description_th).toMatch(/[ก-๙]{3}/)
  })
})
