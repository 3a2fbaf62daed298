import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reportPdf } from '../src/report/document.ts'
import { everyReport } from './reports.ts'

const odd = fc.string({
  unit: fc.constantFrom(...'กญฐฎฟปิีึืุูัํ็่้๊๋์ำาแโใๅๆฯฤ ZaẂ\u0301\u0323\ufe0f\u200d\u200b\u00ad\u2011\u201bé漢א😀'),
  maxLength: 40,
})
const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), odd)

test('a report can be printed, whatever is written in the file', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, anyText, async (name, title) => {
      const { file, document, ...rest } = everyReport.passedReport
      if (document === undefined) throw new Error('the report is of a document')
      const report = { ...rest, file: { ...file, name }, document: { ...document, title } }
      expect((await reportPdf(report, 'th', 0)).length).toBeGreaterThan(1000)
    }),
    { numRuns: 150 },
  )
})
