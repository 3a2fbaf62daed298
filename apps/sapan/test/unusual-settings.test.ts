import { expect, it } from 'vitest'
import { thailand } from '../src/up/thailand.ts'

it('every agency’s gateway is told for which purposes an officer needs a case', () => {
  for (const { casePurposes } of thailand(0).agencies)
    expect(casePurposes).toEqual(['tax-assessment', 'tax-investigation'])
})
