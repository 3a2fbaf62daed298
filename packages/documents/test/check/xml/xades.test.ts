import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Checked, checkXml, fixture, fixtureText, verdicts } from '../containers.ts'

const enveloped = fixtureText('enveloped-b.xml')
const internal = fixtureText('internally-detached-t.xml')

/** The outcome of an alteration that must have altered something. */
function altered(text: string, what: string | RegExp, by: string): Promise<Checked> {
  const changed = text.replace(what, by)
  if (changed === text) throw new Error('nothing was altered')
  return checkXml(changed)
}

const failed = (checked: Checked) => {
  expect(verdicts(checked).some((verdict) => verdict.includes('TOTAL-PASSED'))).toBe(false)
  return verdicts(checked)
}

describe('a signature does not pass', () => {
  it('when what it is over was changed', async () => {
    expect(verdicts(await altered(enveloped, '1250.00', '9250.00'))[0]).toContain('TOTAL-FAILED HASH_FAILURE')
  })

  it('when a property that was signed was changed', async () => {
    const checked = await altered(enveloped, '<xades:SigningTime>2026', '<xades:SigningTime>2025')
    expect(verdicts(checked)[0]).toContain('TOTAL-FAILED HASH_FAILURE')
  })

  it('when its SignedInfo was changed', async () => {
    const checked = await altered(enveloped, /<ds:DigestValue>..../, '<ds:DigestValue>AAAA')
    expect(verdicts(checked)[0]).toContain('TOTAL-FAILED')
  })

  it('when a file beside is missing, and says which is needed', async () => {
    const checked = await checkXml(fixture('detached-lt.xml'))
    expect(verdicts(checked)[0]).toContain('INDETERMINATE SIGNED_DATA_NOT_FOUND')
    expect(checked.findings.map(({ code }) => code)).toContain('detached-file-missing')
  })

  it('when a file beside is another', async () => {
    const other = [
      { name: 'data.json', bytes: Uint8Array.of(1) },
      { name: 'synthetic.xml', bytes: Uint8Array.of(2) },
    ]
    expect(verdicts(await checkXml(fixture('detached-lt.xml'), other))[0]).toContain(
      'TOTAL-FAILED HASH_FAILURE',
    )
  })
})

describe('wrapping is refused', () => {
  const [data = ''] = /<ใบรับ .*<\/ใบรับ>/u.exec(internal) ?? []
  const forged = data.replace('1250.00', '9250.00')

  it('two elements of the identifier that is signed, whichever comes first', async () => {
    for (const text of [internal.replace(data, forged + data), internal.replace(data, data + forged)])
      expect(failed(await checkXml(text))[0]).toContain('TOTAL-FAILED FORMAT_FAILURE')
  })

  it('the identifier under another spelling of the attribute', async () => {
    for (const name of ['ID', 'id', 'xml:id']) {
      const other = forged.replace(' Id=', ` ${name}=`)
      expect(failed(await checkXml(internal.replace(data, other + data)))[0]).toContain('FORMAT_FAILURE')
    }
  })

  it('what was signed moved aside and another thing in its place: it is told that only a part is signed', async () => {
    const moved = internal.replace(data, `${forged.replace('Id="data"', 'Id="other"')}<aside>${data}</aside>`)
    const { signatures } = await checkXml(moved)
    expect(signatures[0]).toMatchObject({ scope: 'partial', covers: ['#data'] })
    expect(signatures[0]?.findings.map(({ code }) => code)).toContain('unsigned-content')
  })

  it('signed properties moved out of the signature, others in their place', async () => {
    const [properties = ''] = /<xades:SignedProperties.*<\/xades:SignedProperties>/.exec(enveloped) ?? []
    const other = properties.replace(/Id="[^"]*"/, 'Id="other"').replace('04:59', '03:59')
    const [declaration = ''] = /xmlns:xades="[^"]*"/.exec(enveloped) ?? []
    const aside = `<ds:Object><aside ${declaration}>${properties}</aside></ds:Object>`
    const text = enveloped.replace(properties, other).replace('</ds:Signature>', `${aside}</ds:Signature>`)
    expect(failed(await checkXml(text))[0]).toContain('TOTAL-FAILED FORMAT_FAILURE')
  })

  it('properties that qualify another signature', async () => {
    expect(failed(await altered(enveloped, /Target="#[^"]*"/, 'Target="#other"'))[0]).toContain(
      'FORMAT_FAILURE',
    )
  })

  it('QualifyingProperties twice', async () => {
    const [object = ''] = /<ds:Object><xades.*<\/ds:Object>/.exec(enveloped) ?? []
    expect(failed(await checkXml(enveloped.replace(object, object + object)))[0]).toContain('FORMAT_FAILURE')
  })

  it('a second SignedInfo, or one that is not the first', async () => {
    const [info = ''] = /<ds:SignedInfo>.*<\/ds:SignedInfo>/.exec(enveloped) ?? []
    for (const text of [enveloped.replace(info, info + info), enveloped.replace(info, `<ds:Object/>${info}`)])
      expect(failed(await checkXml(text))[0]).toContain('FORMAT_FAILURE')
  })

  it('a signature inside of a copy of what it signed', async () => {
    const [signature = ''] = /<ds:Signature .*<\/ds:Signature>/.exec(enveloped) ?? []
    const original = enveloped
      .replace(signature, '')
      .replace(/^<\?xml[^>]*\?>/, '')
      .replace(/<!--.*-->/u, '')
    const text = `<evil xmlns="urn:example:synthetic">${signature.replace('</ds:Signature>', `<ds:Object>${original}</ds:Object></ds:Signature>`)}</evil>`
    failed(await checkXml(text))
  })

  it('a signature over nothing but its own properties', async () => {
    const checked = await altered(enveloped, /<ds:Reference Id=.*?<\/ds:Reference>/, '')
    failed(checked)
  })
})

it('leaving signatures out by XPath 1.0 or as enveloped comes to the same bytes', async () => {
  const [filter = ''] = /<ds:Transform Algorithm="[^"]*filter2">.*?<\/ds:Transform>/.exec(enveloped) ?? []
  const xpath = '<ds:XPath> not( ancestor-or-self::ds:Signature ) </ds:XPath>'
  const others = [
    `<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116">${xpath}</ds:Transform>`,
    '<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>',
  ]
  for (const other of others) {
    const { signatures } = await altered(enveloped, filter, other)
    const intact = signatures[0]?.checks.find(({ id }) => id === 'signed-data-found')
    // What is signed is the same; that it is so referred to is not what was signed.
    expect(intact?.passed).toBe(true)
    expect(signatures[0]).toMatchObject({ indication: 'TOTAL-FAILED', subIndication: 'SIG_CRYPTO_FAILURE' })
  }
})

describe('refused with its reason', () => {
  const detail = ({ signatures, findings }: Checked) =>
    [...(signatures[0]?.checks ?? []).filter(({ passed }) => !passed), ...findings]
      .map((one) => one.detail)
      .join()

  it.each([
    ['XSLT', 'http://www.w3.org/TR/1999/REC-xslt-19991116'],
    ['an unknown transform', 'urn:example:transform'],
    ['decryption', 'http://www.w3.org/2002/07/decrypt#XML'],
  ])('%s', async (_, name) => {
    const checked = await altered(
      enveloped,
      'http://www.w3.org/2002/06/xmldsig-filter2"><dsig',
      `${name}"><dsig`,
    )
    expect(failed(checked)[0]).toContain('INDETERMINATE')
    expect(detail(checked)).toContain('transform')
  })

  it.each([
    ['another expression', '>/descendant::ds:Signature<', '>/descendant::*<'],
    [
      'a prefix that means something else',
      '>/descendant::ds:Signature<',
      ' xmlns:ds="urn:a">/descendant::ds:Signature<',
    ],
    ['another filter', 'Filter="subtract"', 'Filter="intersect"'],
  ])('XPath with %s', async (_, what, by) => {
    expect(failed(await altered(enveloped, what, by))[0]).toContain('INDETERMINATE')
  })

  it('a keyed digest in place of a signature', async () => {
    failed(
      await altered(
        enveloped,
        'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
        'http://www.w3.org/2000/09/xmldsig#hmac-sha1',
      ),
    )
  })

  it('a document type', async () => {
    const checked = await altered(enveloped, '<ใบรับ ', '<!DOCTYPE ใบรับ [<!ENTITY x "y">]><ใบรับ ')
    expect(checked.signatures).toEqual([])
    expect(checked.findings).toMatchObject([{ code: 'unreadable', severity: 'error' }])
  })

  it('a canonical form that is none', async () => {
    const checked = await altered(
      enveloped,
      '<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"',
      '<ds:CanonicalizationMethod Algorithm="urn:none"',
    )
    expect(failed(checked)[0]).toContain('INDETERMINATE')
    expect(detail(checked)).toContain('canonical form')
  })

  it('base64 that is none', async () => {
    expect(
      failed(await altered(enveloped, /<ds:X509Certificate>MIIC/, '<ds:X509Certificate>M!IC'))[0],
    ).toContain('FORMAT_FAILURE')
  })
})

it('what only begins like XML is not of this kind, unless it speaks of signatures', async () => {
  await expect(checkXml('<html><br></html>')).rejects.toThrow('not of this format')
  const { findings } = await checkXml(enveloped.slice(0, -10))
  expect(findings).toMatchObject([{ code: 'unreadable' }])
})

it('a file of XML without a signature has none', async () => {
  const { signatures, findings } = await checkXml('<a/>')
  expect([signatures, findings]).toEqual([[], []])
})

it('an instruction beside the element, which may change what is seen, makes a signature over the element a partial one', async () => {
  const enveloping = fixtureText('internally-detached-t.xml').replace(
    '<internally-detached>',
    '<?xml-stylesheet href="x"?><internally-detached>',
  )
  expect((await checkXml(enveloping)).signatures[0]?.scope).toBe('partial')
})

it('no changed character of what is signed lets a signature stay TOTAL-PASSED', async () => {
  const text = fixtureText('enveloped-b.xml')
  // Where change means change: what is signed, SignedInfo, the signature's value and its properties.
  const places = [
    /<ชื่อ>.*<\/จำนวน>/u,
    /<ds:SignedInfo>.*<\/ds:SignedInfo>/,
    /(?<=<ds:SignatureValue [^>]*>)[^<]*/,
    /<xades:SignedProperties.*<\/xades:SignedProperties>/,
  ]
  const ranges = places.map((place) => {
    const found = place.exec(text)
    if (!found) throw new Error('no such place')
    return { start: found.index, end: found.index + found[0].length }
  })
  const place = fc.constantFrom(...ranges).chain(({ start, end }) => fc.integer({ min: start, max: end - 1 }))
  await fc.assert(
    fc.asyncProperty(place, fc.constantFrom('A', 'b', '7', '/', '<', ' ', 'ก'), async (position, by) => {
      fc.pre(text[position] !== by)
      const changed = text.slice(0, position) + by + text.slice(position + 1)
      // White space in base64 means nothing.
      fc.pre(by !== ' ')
      const checked = await checkXml(changed)
      expect(verdicts(checked).filter((verdict) => verdict.includes('PASSED'))).toEqual([])
    }),
    { numRuns: 150 },
  )
})

it('a signature that is the whole document, and leaves itself out, is over nothing', async () => {
  const [signature = ''] = /<ds:Signature .*<\/ds:Signature>/.exec(enveloped) ?? []
  const { signatures } = await checkXml(signature)
  expect(signatures[0]).toMatchObject({ indication: 'TOTAL-FAILED', subIndication: 'FORMAT_FAILURE' })
})
