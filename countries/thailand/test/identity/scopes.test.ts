import { describe, expect, test } from 'vitest'
import { readScopes } from '../../src/identity/scopes.ts'

const file = (part: string) => `consentDays: 30
sources: { account: { th: บัญชี, en: account } }
claims: [{ code: name, name: { th: ชื่อ, en: Name }, kind: name, source: account }]
${part}`
const openid = '{ code: openid, name: { th: คนเดิม, en: Same }, claims: [] }'

describe('what clients may ask to know', () => {
  test('has every claim’s words, kind and source, and scopes only of claims that there are', () => {
    const { claims, scopes, consentDays } = readScopes()
    expect(consentDays).toBeGreaterThan(0)
    expect(scopes.map(({ code }) => code)).toEqual(
      expect.arrayContaining([
        'openid',
        'profile',
        'birthdate',
        'national_id',
        'foreigner_number',
        'email',
        'address',
      ]),
    )
    const codes = claims.map(({ code }) => code)
    expect(new Set(codes).size).toBe(codes.length)
    const allowed = scopes.find(({ code }) => code === 'applications')?.allows ?? []
    expect(allowed.map(({ en }) => en).join()).toMatch(/in your name.*registers.*applications.*documents/i)
    for (const scope of scopes) expect(codes).toEqual(expect.arrayContaining([...scope.claims]))
  })

  test.each([
    [
      'a scope of a claim that is none',
      `scopes: [${openid}, { code: x, name: { th: ก, en: X }, claims: [none] }]`,
    ],
    [
      'a scope that does not say what it gives',
      `scopes: [${openid}, { code: x, name: { th: ก, en: X }, claims: [] }]`,
    ],
    ['no openid', 'scopes: [{ code: x, name: { th: ก, en: X }, claims: [name] }]'],
    ['a word without Thai', 'scopes: [{ code: openid, name: { th: x, en: X }, claims: [] }]'],
    ['something unknown', `scopes: [${openid}]\nextra: 1`],
  ])('is refused with its place: %s', (_name, part) => {
    expect(() => readScopes(file(part))).toThrow(/identity\/scopes.yaml/)
  })

  test('takes what is right', () => {
    expect(readScopes(file(`scopes: [${openid}]`)).claims[0]).toMatchObject({
      optional: false,
      source: { en: 'account' },
    })
  })
})
