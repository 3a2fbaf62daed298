import { describe, expect, it } from 'vitest'
import { checkFile } from '../../../src/check/check-file.ts'
import { anchors, at, checkXml, fixture } from '../containers.ts'

const detached = [
  { name: 'data.json', bytes: new TextEncoder().encode('{"synthetic": true}\n') },
  { name: 'synthetic.xml', bytes: fixture('synthetic.xml') },
]

describe('a signature that EU DSS made', () => {
  it.each([
    ['enveloped-b.xml', 'XAdES-B-B', 'whole-file', ['']],
    ['enveloped-b-pss.xml', 'XAdES-B-B', 'whole-file', ['']],
    ['internally-detached-t.xml', 'XAdES-B-LT', 'partial', ['#data']],
    ['detached-lt.xml', 'XAdES-B-LT', 'detached', ['data.json', 'synthetic.xml']],
    ['enveloped-lta-2.xml', 'XAdES-B-LTA', 'whole-file', ['']],
  ])('%s passes', async (name, level, scope, covers) => {
    const { signatures } = await checkXml(fixture(name), detached)
    expect(signatures).toHaveLength(1)
    const [signature] = signatures
    expect(signature?.indication).toBe('TOTAL-PASSED')
    // The lists at hand are not the file's own: level T stays level T.
    expect(signature?.level).toBe(name.endsWith('-t.xml') ? 'XAdES-B-T' : level)
    expect(signature?.scope).toBe(scope)
    expect(signature?.covers).toEqual(covers)
    expect(signature?.signer?.name).toBe('สมชาย ใจดี')
    expect(signature?.claimedAt).toMatch(/^2026-11-22T04:59:3/)
  })

  it('enveloping a file passes, also under the older form of archive time-stamps', async () => {
    const { signatures } = await checkXml(fixture('enveloping-lta.xml'))
    expect(signatures[0]).toMatchObject({
      level: 'XAdES-B-LTA',
      indication: 'TOTAL-PASSED',
      scope: 'whole-file',
    })
  })

  it('with a second archive time-stamp has each of its time-stamps believed', async () => {
    const { signatures } = await checkXml(fixture('enveloped-lta-2.xml'))
    expect(signatures[0]?.timestamps.map(({ kind, indication }) => `${kind} ${indication}`)).toEqual([
      'signature TOTAL-PASSED',
      'archive TOTAL-PASSED',
      'archive TOTAL-PASSED',
    ])
  })

  it.each([
    ['content-stamped-x.xml', 'XAdES-B-T'],
    ['content-stamped-xl-old.xml', 'XAdES-B-LT'],
  ])('%s, with time-stamps over its content and its references, passes', async (name, level) => {
    const { signatures } = await checkXml(fixture(name))
    expect(signatures[0]).toMatchObject({ level, indication: 'TOTAL-PASSED' })
    expect(signatures[0]?.timestamps.map(({ kind, indication }) => `${kind} ${indication}`)).toEqual([
      'content TOTAL-PASSED',
      'signature TOTAL-PASSED',
      'references TOTAL-PASSED',
    ])
  })

  it('is found by the checker of any file', async () => {
    const report = await checkFile(fixture('enveloped-lta-2.xml'), { anchors, at })
    expect(report).toMatchObject({ conclusion: 'TOTAL-PASSED', file: { format: 'xades' } })
  })
})
