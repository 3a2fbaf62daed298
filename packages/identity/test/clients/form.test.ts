import { Problem } from '@sapan/kernel'
import fc from 'fast-check'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { checkSettings } from '../../src/clients/check.ts'
import { type ClientSettings, clientSettingsSchema } from '../../src/clients/settings.ts'
import { faultOf, newValues, sentSettings, valuesOf } from '../../src/desk/clients/sent.ts'
import { providerProblems } from '../../src/problems/provider.ts'

const text = fc.string({ minLength: 1, maxLength: 20 }).map((said) => `ก${said.trim()}`.normalize('NFC'))
const texts = fc.record({ th: text, en: text })
const address = fc.webUrl()
const on = fc.constant(true)

/** Whatever a file may have, under the names that its schema has. */
const anySettings: fc.Arbitrary<ClientSettings> = fc.record(
  {
    id: fc.stringMatching(/^[a-z0-9][a-z0-9-]{1,20}[a-z0-9]$/),
    names: texts,
    purpose: texts,
    profile: fc.constantFrom('fapi2', 'basic'),
    authentication: fc.constantFrom('private_key_jwt', 'tls_client_auth', 'none'),
    jwks: fc.constant({ keys: [{ kty: 'EC', crv: 'P-256', x: 'eA', y: 'eQ' }] }),
    jwksUri: address,
    tlsSubject: fc.record({ kind: fc.constantFrom('dn', 'dns'), value: text }),
    bound: fc.constantFrom('dpop', 'mtls'),
    redirectUris: fc.array(address, { maxLength: 3 }),
    postLogoutRedirectUris: fc.array(address, { minLength: 1, maxLength: 3 }),
    backchannelLogoutUri: address,
    scopes: fc.subarray(['openid', 'profile', 'national_id'], { minLength: 1 }),
    least: fc.record({ ial: fc.constant('2.3'), aal: fc.constant('2.1') }),
    refresh: on,
    exchange: on,
    consents: on,
    ciba: fc.record({ mode: fc.constantFrom('poll', 'ping'), notify: address }),
    idTokenAlgorithm: fc.constantFrom('ES256', 'PS256', 'EdDSA', 'RS256'),
  },
  { requiredKeys: ['id', 'names', 'profile', 'authentication', 'redirectUris', 'scopes'] },
)

describe('the form of a client', () => {
  it('says all that a file can say, and loses nothing of what was registered by file', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        expect(Value.Check(clientSettingsSchema, settings)).toBe(true)
        expect(sentSettings(valuesOf(settings), { id: settings.id })).toEqual(settings)
      }),
    )
  })

  it('knows every setting of the schema', () => {
    const { member: _given, ...rest } = clientSettingsSchema.properties
    const [example] = fc.sample(
      anySettings.filter((one) => Object.keys(one).length === Object.keys(rest).length),
      1,
    )
    expect(Object.keys(example ?? {}).sort()).toEqual(Object.keys(rest).sort())
  })

  it('begins with what an agency should have', () => {
    expect(sentSettings(newValues())).toMatchObject({
      profile: 'fapi2',
      authentication: 'private_key_jwt',
      bound: 'dpop',
      scopes: ['openid'],
    })
  })

  it('lets the check say that keys are no JSON', () => {
    const values = newValues()
    values.set('jwks', '{"keys": [')
    expect(sentSettings(values)).toMatchObject({ jwks: '{"keys": [' })
  })

  it.each([
    ['/ciba/notify', 'ciba_notify'],
    ['/tlsSubject', 'tls_value'],
    ['/redirectUris/0', 'redirectUris'],
    ['/consents', 'consents'],
  ])('shows what is wrong at %s beside its field', (place, field) => {
    const type = providerProblems['sign-in-client-invalid']
    const problem = new Problem(type, { detail: { th: 'ผิด', en: 'wrong' }, extensions: { place } })
    expect(faultOf(problem, 'en')).toEqual({ field, text: 'wrong' })
  })

  it('says it in words, without places of files and patterns', () => {
    const known = { scopes: new Set(['openid']), ial: new Set<string>(), aal: new Set<string>() }
    const wrong = (more: object) => {
      try {
        checkSettings({ ...sentSettings(newValues()), ...more }, known)
      } catch (error) {
        return faultOf(error, 'th')
      }
      return undefined
    }
    expect(wrong({ id: 'ก' })).toEqual({ field: 'id', text: 'กรอกช่องนี้ให้ครบตามรูปแบบ' })
    const whole = { id: 'abc', names: { th: 'ก', en: 'A' }, jwksUri: 'https://a.example/jwks' }
    expect(wrong(whole)).toEqual({
      field: 'redirectUris',
      text: 'ต้องมีอย่างน้อยหนึ่ง เว้นแต่ใช้ CIBA หรือขอความยินยอมอย่างเดียว',
    })
  })
})
