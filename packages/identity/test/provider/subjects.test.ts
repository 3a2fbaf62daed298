import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deviceWords } from '../../src/provider/device-words.ts'
import { pairwiseSubjects } from '../../src/provider/subjects.ts'

describe('the subject of an account at a member', () => {
  const subjects = pairwiseSubjects(randomBytes(32))

  test('leads back to the account there, and to another at any other member', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string(), fc.string(), (account, one, other) => {
        const subject = subjects.subjectOf(one, account)
        expect(subjects.accountOf(one, subject)).toBe(account)
        if (one !== other) expect(subjects.accountOf(other, subject)).not.toBe(account)
      }),
    )
  })

  test('is the same in every process with the same key, and another with another', () => {
    const key = randomBytes(32)
    const account = crypto.randomUUID()
    const at = (secret: Uint8Array) => pairwiseSubjects(secret).subjectOf('TH/GOV/RD', account)
    expect(at(key)).toBe(at(key))
    expect(at(key)).not.toBe(at(randomBytes(32)))
  })

  test('is nothing that anybody could make up', () => {
    for (const no of ['', 'x', 'A'.repeat(23), `${'A'.repeat(21)}=`, '\u0000'.repeat(22)])
      expect(subjects.accountOf('TH/GOV/RD', no)).toBeUndefined()
  })
})

describe('the words for a device', () => {
  test.each([
    [
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0',
      'Edge on Windows',
    ],
    ['Mozilla/5.0 (Linux; Android 16) Chrome/140.0 Mobile Safari/537.36', 'Chrome on Android'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) Version/19.0 Safari/605.1.15', 'Safari on macOS'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'Firefox on Linux'],
    ['curl/8.0', 'An unknown device'],
    ['', 'An unknown device'],
  ])('%s', (agent, words) => {
    expect(deviceWords(agent).en).toBe(words)
  })
})
