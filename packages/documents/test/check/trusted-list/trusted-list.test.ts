import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkFile } from '../../../src/check/check-file.ts'
import { TrustedListError } from '../../../src/check/trusted-list/error.ts'
import { loadTrustedList, type TrustedListOptions } from '../../../src/check/trusted-list/load.ts'
import { at, fixture, fixtureText } from '../containers.ts'

const text = fixtureText('trusted-list.xml')
const signers = [fixture('list-signer.der')]
const bytes = (of: string) => new TextEncoder().encode(of)

async function refusal(
  list: string | Uint8Array,
  options: TrustedListOptions = { signers },
): Promise<string | undefined> {
  try {
    await loadTrustedList(typeof list === 'string' ? bytes(list) : list, { at, ...options })
    return undefined
  } catch (error) {
    if (error instanceof TrustedListError) return error.code
    throw error
  }
}

function altered(what: string | RegExp, by: string): string {
  const changed = text.replace(what, by)
  if (changed === text) throw new Error('nothing was altered')
  return changed
}

describe('a trusted list', () => {
  it('is read with its scheme, its pointers and its services', async () => {
    const { list, isVerified, isStale, unreadable } = await loadTrustedList(bytes(text), { signers, at })
    expect({ isVerified, isStale, unreadable }).toEqual({ isVerified: true, isStale: false, unreadable: 0 })
    expect(list).toMatchObject({
      version: 6,
      sequence: 7,
      territory: 'TH',
      operator: { th: 'หน่วยงานสมมติ', en: 'Synthetic operator' },
      issued: Date.parse('2026-11-22T05:00:00Z'),
      nextUpdate: Date.parse('2027-05-22T05:00:00Z'),
      pointers: [{ location: 'https://lists.example/other.xml', territory: 'TH' }],
    })
    expect(
      list.services.map(({ name, statuses }) => [name.en, ...statuses.map(({ status }) => status)]),
    ).toEqual([
      ['Synthetic issuer', 'granted', 'withdrawn', 'granted'],
      ['Synthetic time-stamps', 'granted'],
      ['Withdrawn issuer', 'withdrawn', 'granted'],
      ['Web sites only', 'granted'],
    ])
  })

  it('gives each service as an anchor for its purpose and for the times at which its status was good', async () => {
    const { services } = await loadTrustedList(bytes(text), { signers, at })
    const day = (time?: number) =>
      time === undefined ? undefined : new Date(time).toISOString().slice(0, 10)
    expect(
      services.map(({ name, purposes, from, until }) => [name?.th, purposes.join(), day(from), day(until)]),
    ).toEqual([
      ['ผู้ออกใบรับรองสมมติ', 'signature', '2020-01-01', '2025-01-01'],
      ['ผู้ออกใบรับรองสมมติ', 'signature', '2026-06-01', undefined],
      ['ตราเวลาสมมติ', 'timestamp', '2020-01-01', undefined],
      ['ผู้ออกใบรับรองที่เลิกแล้ว', 'signature', '2020-01-01', '2024-01-01'],
    ])
  })

  it('makes a signature pass that its services made, and no other', async () => {
    const { services } = await loadTrustedList(bytes(text), { signers, at })
    const judged = async (name: string) => {
      const { conclusion, subIndication } = await checkFile(fixture(name), {
        anchors: { certificates: [], services },
        at,
      })
      return [conclusion, subIndication]
    }
    expect(await judged('enveloped-lta-2.xml')).toEqual(['TOTAL-PASSED', undefined])
    expect((await judged('enveloped-b-pss.xml'))[0]).toBe('INDETERMINATE')
    expect(
      await checkFile(fixture('enveloped-lta-2.xml'), { anchors: { certificates: [] }, at }),
    ).toMatchObject({
      conclusion: 'INDETERMINATE',
      subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
    })
  })

  it('takes services that are not qualified when it is asked to', async () => {
    const listed = altered(/Svctype\/CA\/QC/g, 'Svctype/CA/PKC').replaceAll(
      'Svcstatus/granted',
      'Svcstatus/recognisedatnationallevel',
    )
    expect((await loadTrustedList(bytes(listed), { at })).services).toEqual([])
    expect((await loadTrustedList(bytes(listed), { at, unqualified: true })).services).toHaveLength(4)
  })

  it('is told to be stale after its time', async () => {
    const { isStale } = await loadTrustedList(bytes(text), {
      signers,
      at: Date.parse('2027-06-01T00:00:00Z'),
    })
    expect(isStale).toBe(true)
  })

  it('without anybody to hold it against is told not to be verified', async () => {
    const { isVerified, services } = await loadTrustedList(bytes(altered('Synthetic operator', 'Other')), {
      at,
    })
    expect([isVerified, services.length]).toEqual([false, 4])
  })

  it('does not trust a service under a critical extension that is not understood', async () => {
    const listed = altered(
      '<Extension Critical="true"><AdditionalServiceInformation>',
      '<Extension Critical="true"><Unheard/></Extension><Extension Critical="true"><AdditionalServiceInformation>',
    )
    const { services } = await loadTrustedList(bytes(listed), { at })
    expect(services.map(({ from }) => new Date(from ?? 0).getUTCFullYear())).toEqual([2020, 2020, 2020])
  })

  it('leaves out a certificate that it cannot read, and says so', async () => {
    const listed = altered(/<X509Certificate>MIIC..../, '<X509Certificate>MIICAAAA')
    expect((await loadTrustedList(bytes(listed), { at })).unreadable).toBeGreaterThanOrEqual(0)
    const first = /(<TSPService>.*?<X509Certificate>)[^<]*/s.exec(text)?.[0] ?? ''
    const broken = text.replace(first, first.replace(/<X509Certificate>[^<]*$/, '<X509Certificate>MAA='))
    expect(await loadTrustedList(bytes(broken), { at })).toMatchObject({ unreadable: 2 })
  })
})

describe('a trusted list is refused', () => {
  it.each([
    ['that was changed', () => altered('Svcstatus/withdrawn', 'Svcstatus/granted'), 'signature-wrong'],
    ['that nobody signed', () => altered(/<ds:Signature .*<\/ds:Signature>/s, ''), 'unsigned'],
    ['with two signatures', () => altered(/(<ds:Signature .*<\/ds:Signature>)/s, '$1$1'), 'signature-wrong'],
    [
      'with something after its signature',
      () => altered('</ds:Signature>', '</ds:Signature><more/>'),
      'signature-wrong',
    ],
    [
      'whose signature is over a part',
      () => altered('URI=""', 'URI="#part"').replace('<SchemeInformation>', '<SchemeInformation Id="part">'),
      'signature-wrong',
    ],
    ['that is XML of another kind', () => '<a/>', 'not-a-list'],
    ['that is no XML', () => 'a list', 'unreadable'],
    [
      'with a document type',
      () => altered('<TrustServiceStatusList', '<!DOCTYPE a><TrustServiceStatusList'),
      'unreadable',
    ],
    ['without a date', () => altered(/<ListIssueDateTime>.*<\/ListIssueDateTime>/, ''), 'unreadable'],
    [
      'with a number that is none',
      () => altered('<TSLSequenceNumber>7', '<TSLSequenceNumber>x'),
      'unreadable',
    ],
    ['of too great a depth', () => '<a>'.repeat(1000), 'too-large'],
  ])('%s', async (_, list, code) => {
    expect(await refusal(list())).toBe(code)
  })

  it('that somebody else signed', async () => {
    expect(await refusal(text, { signers: [fixture('root-ecdsa.der')] })).toBe('signature-wrong')
    expect(await refusal(text, { signers: [] })).toBe('signature-wrong')
  })
})

it('no changed character of a list lets it stay verified', async () => {
  const end = text.indexOf('<ds:Signature')
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: text.indexOf('<TrustService'), max: end - 1 }),
      fc.constantFrom('A', '0', '/', 'ก'),
      async (place, by) => {
        fc.pre(text[place] !== by)
        expect(await refusal(text.slice(0, place) + by + text.slice(place + 1))).toBeDefined()
      },
    ),
    { numRuns: 100 },
  )
})
