import { type Finding, findingTexts, type Report } from '@sapan/documents/check'
import { expect, it } from 'vitest'
import { changeWords, verdictOf } from '../src/report/words.ts'
import { goodSignature, passedReport } from './reports.ts'

const finding = (code: Finding['code']): Finding => ({ code, severity: 'warning', text: findingTexts[code] })

it('is no plain yes where something in the file is under no signature', () => {
  const attachment = (name: string) => ({ name, sha256: '', bytes: 1 })
  const container = (...names: string[]): Report => ({
    ...passedReport,
    file: { ...passedReport.file, format: 'asic-e' },
    signatures: [{ ...goodSignature, scope: 'partial', covers: ['a.pdf'] }],
    document: { revisions: [], attachments: names.map(attachment) },
  })
  expect(verdictOf(container('a.pdf')).tone).toBe('good')
  expect(verdictOf(container('a.pdf', 'b.pdf')).tone).toBe('unsure')
  const part: Report = { ...passedReport, signatures: [{ ...goodSignature, scope: 'partial' }] }
  expect(verdictOf(part).tone).toBe('unsure')
})

it('says of a file that was given along that nothing was said about it', () => {
  const findings = [finding('detached-file-unused')]
  const { title } = verdictOf({ ...passedReport, conclusion: 'INDETERMINATE', findings })
  expect(title).toEqual(findingTexts['detached-file-unused'])
})

it('says "unchanged" only where that was found out', () => {
  expect(changeWords({ ...goodSignature, changesAfter: 'none' }).en).toBe('Unchanged')
  const checks = [{ id: 'signature-value', passed: false, text: { th: '', en: '' } } as const]
  expect(changeWords({ ...goodSignature, checks, changesAfter: 'none' }).en).toContain('cannot be told')
  expect(changeWords({ ...goodSignature, checks: [], changesAfter: 'none' }).en).toContain('cannot be told')
})

it('says that a form was filled in after the signature', () => {
  const filled = { ...goodSignature, findings: [finding('filled-in-later')] }
  expect(changeWords(filled)).toEqual(findingTexts['filled-in-later'])
})
