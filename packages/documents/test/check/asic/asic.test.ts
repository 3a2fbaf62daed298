import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkFile } from '../../../src/check/check-file.ts'
import { anchors, at, checkAsic, fixture, verdicts, verdictsOrRefusal } from '../containers.ts'
import { type Entry, entriesOf, zip } from './zips.ts'

const codes = (found: readonly { code: string }[]) => found.map(({ code }) => code)

describe('a container that EU DSS made', () => {
  it.each([
    ['cades-lta-2.asice', 'asic-e', ['CAdES-B-LTA TOTAL-PASSED'], ['หนังสือ.txt', 'data.json']],
    [
      'cades-two.asice',
      'asic-e',
      ['CAdES-B-LTA TOTAL-PASSED', 'CAdES-B-LT TOTAL-PASSED'],
      ['หนังสือ.txt', 'data.json'],
    ],
    ['cades-lta.asics', 'asic-s', ['CAdES-B-LTA TOTAL-PASSED'], ['data.json']],
    [
      'xades-two.asice',
      'asic-e',
      ['XAdES-B-LTA TOTAL-PASSED', 'XAdES-B-LTA TOTAL-PASSED'],
      ['หนังสือ.txt', 'data.json', 'synthetic.xml'],
    ],
    ['xades-b.asics', 'asic-s', ['XAdES-B-B TOTAL-PASSED'], ['data.json']],
    ['xades-t-rsa.asice', 'asic-e', ['XAdES-B-T TOTAL-PASSED'], ['data.json']],
  ])('%s passes', async (name, format, expected, covers) => {
    const checked = await checkAsic(fixture(name))
    expect(checked.format).toBe(format)
    expect(verdicts(checked)).toEqual(expected)
    for (const signature of checked.signatures)
      expect(signature).toMatchObject({ scope: 'whole-file', covers, signer: { name: 'สมชาย ใจดี' } })
    expect(checked.document?.attachments.map((one) => one.name)).toEqual(covers)
  })

  it('with two archive manifests has a time-stamp over each believed', async () => {
    const { signatures } = await checkAsic(fixture('cades-lta-2.asice'))
    expect(signatures[0]?.timestamps.map(({ kind, indication }) => `${kind} ${indication}`)).toEqual([
      'signature TOTAL-PASSED',
      'archive TOTAL-PASSED',
      'archive TOTAL-PASSED',
    ])
  })

  it.each(['stamped.asics', 'stamped.asice'])(
    '%s has no signature, and its time-stamp is reported',
    async (name) => {
      const { conclusion, timestamps } = await checkFile(fixture(name), { anchors, at })
      expect(conclusion).toBe('NO_SIGNATURE')
      expect(timestamps).toMatchObject([{ kind: 'content' }])
      expect(timestamps?.[0]?.checks.find(({ id }) => id === 'timestamp-imprint')?.passed).toBe(true)
    },
  )

  it.each(['stamped.asics', 'stamped.asice'])(
    '%s whose file was changed has a time-stamp over something else',
    async (name) => {
      const file = zip(
        entriesOf(fixture(name)).map((entry) =>
          entry.name === 'data.json' ? { ...entry, bytes: Uint8Array.of(1) } : entry,
        ),
      )
      const { timestamps } = await checkFile(file, { anchors, at })
      expect(timestamps).toMatchObject([{ indication: 'TOTAL-FAILED', subIndication: 'HASH_FAILURE' }])
    },
  )

  it('is found by the checker of any file', async () => {
    const report = await checkFile(fixture('xades-two.asice'), { anchors, at })
    expect(report).toMatchObject({ conclusion: 'TOTAL-PASSED', file: { format: 'asic-e' } })
  })
})

const cades = entriesOf(fixture('cades-lta-2.asice'))
const xades = entriesOf(fixture('xades-two.asice'))
const text = (of: string) => new TextEncoder().encode(of)

const changed = (entries: readonly Entry[], name: string, change: (entry: Entry) => Entry) =>
  zip(entries.map((entry) => (entry.name === name ? change(entry) : entry)))

const replaced = (of: Entry, what: string, by: string): Entry => {
  const before = new TextDecoder().decode(of.bytes)
  const after = before.replace(what, by)
  if (after === before) throw new Error('nothing was altered')
  return { ...of, bytes: text(after) }
}

it('a container that was packed again holds', async () => {
  expect(verdicts(await checkAsic(zip(cades)))).toEqual(['CAdES-B-LTA TOTAL-PASSED'])
  expect(verdicts(await checkAsic(zip(xades)))).toEqual([
    'XAdES-B-LTA TOTAL-PASSED',
    'XAdES-B-LTA TOTAL-PASSED',
  ])
})

describe('a signature in a container does not pass', () => {
  it.each([
    ['CAdES', cades, 1],
    ['XAdES', xades, 2],
  ] as const)('when a file was changed: %s', async (_, entries, count) => {
    const checked = await checkAsic(
      changed(entries, 'data.json', (entry) => ({ ...entry, bytes: text('{}') })),
    )
    expect(verdicts(checked).map((one) => one.replace(/^\S+ /, ''))).toEqual(
      Array.from({ length: count }, () => 'TOTAL-FAILED HASH_FAILURE'),
    )
  })

  it.each([
    ['CAdES', cades],
    ['XAdES', xades],
  ] as const)('when a file was taken out: %s', async (_, entries) => {
    const checked = await checkAsic(zip(entries.filter(({ name }) => name !== 'data.json')))
    for (const verdict of verdicts(checked)) expect(verdict).toContain('INDETERMINATE SIGNED_DATA_NOT_FOUND')
  })

  it.each([
    ['CAdES', cades],
    ['XAdES', xades],
  ] as const)('when a file got another name: %s', async (_, entries) => {
    const checked = await checkAsic(
      changed(entries, 'data.json', (entry) => ({ ...entry, name: 'other.json' })),
    )
    for (const verdict of verdicts(checked)) expect(verdict).toContain('SIGNED_DATA_NOT_FOUND')
  })

  it('when its manifest was changed', async () => {
    const name = 'META-INF/ASiCManifest001.xml'
    const checked = await checkAsic(
      changed(cades, name, (entry) => replaced(entry, 'text/plain', 'text/html')),
    )
    expect(verdicts(checked)[0]).toContain('TOTAL-FAILED HASH_FAILURE')
  })

  it('without its manifest, or with two', async () => {
    const name = 'META-INF/ASiCManifest001.xml'
    const manifest = cades.find((entry) => entry.name === name)
    const without = zip(cades.filter((entry) => entry !== manifest))
    const twice = zip([
      ...cades,
      { bytes: new Uint8Array(), ...manifest, name: 'META-INF/ASiCManifest009.xml' },
    ])
    for (const file of [without, twice])
      expect(verdicts(await checkAsic(file))[0]).toContain('TOTAL-FAILED FORMAT_FAILURE')
  })

  it('when mimetype is not first, is packed, has an extra field, or names something else', async () => {
    const [mimetype, ...rest] = cades
    if (!mimetype) throw new Error('no mimetype')
    const files = [
      zip([...rest, mimetype]),
      zip([{ ...mimetype, deflate: true }, ...rest]),
      zip([{ ...mimetype, extra: Uint8Array.of(0x55, 0x54, 1, 0, 0) }, ...rest]),
      zip([{ ...mimetype, bytes: text('application/zip') }, ...rest]),
      zip([{ ...mimetype, bytes: text('application/vnd.etsi.asic-e+zip\n') }, ...rest]),
    ]
    for (const file of files)
      expect(verdicts(await checkAsic(file))[0]).toContain('TOTAL-FAILED FORMAT_FAILURE')
  })

  it('in ASiC-S with a second file', async () => {
    const simple = entriesOf(fixture('xades-b.asics'))
    const checked = await checkAsic(zip([...simple, { name: 'more.txt', bytes: text('x') }]))
    expect(verdicts(checked)[0]).toContain('TOTAL-FAILED FORMAT_FAILURE')
  })

  it('when XML signatures lie out of their place', async () => {
    const name = 'META-INF/signatures001.xml'
    const moved = changed(xades, name, (entry) => {
      const inside = replaced(entry, '<ds:Signature ', '<x><ds:Signature ')
      return replaced(inside, '</asic:XAdESSignatures>', '</x></asic:XAdESSignatures>')
    })
    expect(verdicts(await checkAsic(moved))[0]).toContain('TOTAL-FAILED FORMAT_FAILURE')
  })

  it('when it refers to a part of META-INF as if it were a file', async () => {
    const name = 'META-INF/signatures001.xml'
    const checked = await checkAsic(
      changed(xades, name, (entry) => replaced(entry, 'URI="data.json"', 'URI="META-INF/manifest.xml"')),
    )
    expect(verdicts(checked)[0]).not.toContain('PASSED')
  })
})

it('a file that was put in later is told to be under no signature', async () => {
  for (const entries of [cades, xades]) {
    const { signatures } = await checkAsic(zip([...entries, { name: 'more.pdf', bytes: text('%PDF') }]))
    for (const { scope, findings } of signatures) {
      expect(scope).toBe('partial')
      expect(codes(findings)).toContain('unsigned-content')
    }
  }
})

describe('an archive time-stamp of a container proves nothing', () => {
  const archived = async (name: string, change: (entry: Entry) => Entry) => {
    const { signatures } = await checkAsic(changed(cades, name, change))
    return signatures[0]?.timestamps
      .filter(({ kind }) => kind === 'archive')
      .map(({ indication }) => indication)
  }

  it('when its manifest was changed', async () => {
    const change = (entry: Entry) => replaced(entry, 'text/plain', 'text/html')
    const [first, ...more] = (await archived('META-INF/ASiCArchiveManifest.xml', change)) ?? []
    expect([first, ...more]).toContain('TOTAL-FAILED')
  })

  it('when something that it lists was changed', async () => {
    const found = await archived('data.json', (entry) => ({ ...entry, bytes: text('{}') }))
    expect(found).toEqual(['TOTAL-FAILED', 'TOTAL-FAILED'])
  })
})

describe('not a container', () => {
  it('a ZIP file without signatures is of no kind that can be checked', async () => {
    await expect(checkFile(zip([{ name: 'a', bytes: text('x') }]), { anchors })).rejects.toMatchObject({
      code: 'unknown',
    })
  })

  it('a broken ZIP file is unreadable, an encrypted one encrypted, a bomb too complex', async () => {
    const code = (file: Uint8Array) => verdictsOrRefusal(checkAsic(file))
    expect(await code(fixture('xades-b.asics').subarray(0, 1000))).toEqual(['unreadable'])
    expect(await code(zip([{ name: 'a', bytes: text('x'), flags: 0x801 }]))).toEqual(['unreadable'])
    const many = Array.from({ length: 2001 }, (_, index) => ({ name: `${index}`, bytes: new Uint8Array() }))
    expect(await code(zip(many))).toEqual(['too-complex'])
  })
})

it.each(['cades-lta.asics', 'xades-b.asics'])(
  'no changed byte of a file or signature in %s leaves it passed',
  async (name) => {
    const entries = entriesOf(fixture(name)).filter(({ name: one }) => one !== 'mimetype')
    const place = fc
      .constantFrom(...entries)
      .chain((entry) =>
        fc.record({ entry: fc.constant(entry), at: fc.integer({ min: 0, max: entry.bytes.length - 1 }) }),
      )
    const original = await checkAsic(fixture(name))
    await fc.assert(
      fc.asyncProperty(place, fc.integer({ min: 1, max: 255 }), async ({ entry, at: position }, by) => {
        const bytes = entry.bytes.slice()
        bytes[position] = (bytes[position] ?? 0) ^ by
        const checked = checkAsic(changed(entriesOf(fixture(name)), entry.name, (one) => ({ ...one, bytes })))
        const outcome = await verdictsOrRefusal(checked)
        if (!outcome.some((verdict) => verdict.includes('PASSED'))) return
        // Left passed only where what was changed is not signed; then who signed what is the same as before.
        const { signatures } = await checked
        expect(entry.name).toMatch(/^META-INF/)
        expect(
          signatures.map(({ signer, covers, claimedAt }) => [signer?.fingerprint, covers, claimedAt]),
        ).toEqual(
          original.signatures.map(({ signer, covers, claimedAt }) => [
            signer?.fingerprint,
            covers,
            claimedAt,
          ]),
        )
      }),
      { numRuns: 120 },
    )
  },
)
