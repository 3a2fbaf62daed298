import { describe, expect, it } from 'vitest'
import { plainCountry } from '../src/countries.ts'

describe('a country', () => {
  it('is called by its name, by its code of two letters or of three', () => {
    for (const code of ['DE', 'DEU']) {
      expect(plainCountry(code, 'th')).toBe('เยอรมนี')
      expect(plainCountry(code, 'en')).toBe('Germany')
    }
  })

  it('stays as it is written where that is no code of a country', () => {
    for (const written of ['XXA', 'UTO', 'EU', 'Siam', 'deu', '__proto__', ''])
      expect(plainCountry(written, 'en')).toBe(written)
  })
})
