import { expect, it } from 'vitest'
import { officerName } from '../src/identity/officer-name.ts'

const called = (th: string, en: string) => ({ nameOf: async () => ({ th, en }) })

it('an officer is called as the register has them in the language, else as it has them', async () => {
  expect(await officerName(called('สมหญิง ใจดี', 'Somying Jaidee'), 'one', 'en')).toBe('Somying Jaidee')
  expect(await officerName(called('สมหญิง ใจดี', 'Somying Jaidee'), 'one', 'th')).toBe('สมหญิง ใจดี')
  expect(await officerName(called('สมหญิง ใจดี', ''), 'one', 'en')).toBe('สมหญิง ใจดี')
  expect(await officerName(called('', ''), 'one', 'en')).toBeUndefined()
})
