import type { Report } from '@sapan/documents/check'
import { expect, it } from 'vitest'
import { agreementWords } from '../src/report/agreement-words.ts'
import { passedReport } from './reports.ts'

const compared = (conclusion: Report['conclusion'], agrees: boolean): Report => ({
  ...passedReport,
  conclusion,
  document: {
    revisions: [],
    attachments: [],
    embedded: { template: 'receipt', agrees, differences: [] },
  },
})

it.each(['TOTAL-FAILED', 'INDETERMINATE', 'NO_SIGNATURE'] as const)(
  'that the page’s text is that of the data is no comfort where the file is %s: it may draw something else',
  (conclusion) => expect(agreementWords(compared(conclusion, true))?.tone).toBe('unsure'),
)

it('a page that agrees in a file that is confirmed is good, one that differs is bad in any', () => {
  expect(agreementWords(compared('TOTAL-PASSED', true))?.tone).toBe('good')
  expect(agreementWords(compared('TOTAL-PASSED', false))?.tone).toBe('bad')
  expect(agreementWords(compared('TOTAL-FAILED', false))?.tone).toBe('bad')
})

it('what was not compared is not spoken of', () => {
  const { document: _, ...none } = passedReport
  expect(agreementWords(none)).toBeUndefined()
})
