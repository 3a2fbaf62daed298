import { describe, expect, it } from 'vitest'
import { readAuthentication } from '../../src/identity/authentication.ts'
import { readLevels } from '../../src/identity/levels.ts'
import { dataFile } from '../../src/schema.ts'

const levels = readLevels()
const text = dataFile('identity/authentication.yaml')

describe('the country’s rules of signing in', () => {
  it('give a level of the country to every combination', () => {
    const { combinations } = readAuthentication({ levels })
    const codes = levels.aal.map(({ code }) => code)
    for (const { aal } of combinations) expect(codes).toContain(aal)
  })

  it.each([
    ['a level that the country does not have', text.replace('aal: "3"', 'aal: "4"')],
    ['a password by itself', text.replace('[password, totp]', '[password]')],
    ['a factor that nobody knows', text.replace('[passkey-synced]', '[mothers-maiden-name]')],
    ['no time for the owner to object', text.replace('remote: 72', 'remote: 0')],
    ['a first wait above the longest', text.replace('firstWaitSeconds: 30', 'firstWaitSeconds: 9999')],
  ])('are refused with %s', (_, broken) => {
    expect(broken).not.toBe(text)
    expect(() => readAuthentication({ levels }, broken)).toThrow('country-data-invalid')
  })
})
