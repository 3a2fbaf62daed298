import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TooMuchWork } from '../../../src/check/work.ts'
import { joinReferences } from '../../../src/check/xml/canonical/base.ts'
import { canonicalise } from '../../../src/check/xml/canonical/canonicalise.ts'
import { plainCanonical } from '../../../src/check/xml/canonical/method.ts'
import { XmlError } from '../../../src/check/xml/error.ts'
import { budget, canonical, found, read } from './reading.ts'

describe('Canonical XML 1.0, by the examples of its §3', () => {
  const instructions =
    '<?xml version="1.0"?>\n\n<?xml-stylesheet   href="doc.xsl"\n   type="text/xsl"   ?>\n\n' +
    '<doc>Hello, world!<!-- Comment 1 --></doc>\n\n<?pi-without-data     ?>\n\n<!-- Comment 2 -->\n\n<!-- Comment 3 -->'

  it('3.1: instructions and comments outside of the element', () => {
    const document = read(instructions)
    expect(canonical(document)).toBe(
      '<?xml-stylesheet href="doc.xsl"\n   type="text/xsl"   ?>\n<doc>Hello, world!</doc>\n<?pi-without-data?>',
    )
    expect(canonical(document, { comments: true })).toBe(
      '<?xml-stylesheet href="doc.xsl"\n   type="text/xsl"   ?>\n<doc>Hello, world!<!-- Comment 1 --></doc>\n' +
        '<?pi-without-data?>\n<!-- Comment 2 -->\n<!-- Comment 3 -->',
    )
  })

  it('3.2: white space in content is kept', () => {
    const text =
      '<doc>\n   <clean>   </clean>\n   <mixed>\n      A\n      <clean>   </clean>\n      B\n   </mixed>\n</doc>'
    expect(canonical(read(text))).toBe(text)
  })

  it('3.3: start and end tags', () => {
    const text = `<doc>
   <e1   />
   <e2   ></e2>
   <e3   name = "elem3"   id="elem3"   />
   <e4   name="elem4"   id="elem4"   ></e4>
   <e5 a:attr="out" b:attr="sorted" attr2="all" attr="I'm"
      xmlns:b="http://www.ietf.org"
      xmlns:a="http://www.w3.org"
      xmlns="http://example.org"/>
   <e6 xmlns="" xmlns:a="http://www.w3.org">
      <e7 xmlns="http://www.ietf.org">
         <e8 xmlns="" xmlns:a="http://www.w3.org">
            <e9 xmlns="" xmlns:a="http://www.ietf.org" attr="default"/>
         </e8>
      </e7>
   </e6>
</doc>`
    expect(canonical(read(text))).toBe(`<doc>
   <e1></e1>
   <e2></e2>
   <e3 id="elem3" name="elem3"></e3>
   <e4 id="elem4" name="elem4"></e4>
   <e5 xmlns="http://example.org" xmlns:a="http://www.w3.org" xmlns:b="http://www.ietf.org" attr="I'm" attr2="all" b:attr="sorted" a:attr="out"></e5>
   <e6 xmlns:a="http://www.w3.org">
      <e7 xmlns="http://www.ietf.org">
         <e8 xmlns="">
            <e9 xmlns:a="http://www.ietf.org" attr="default"></e9>
         </e8>
      </e7>
   </e6>
</doc>`)
  })

  it('3.4: characters and references', () => {
    const text = `<doc>
   <text>First line&#x0d;&#10;Second line</text>
   <value>&#x32;</value>
   <compute><![CDATA[value>"0" && value<"10" ?"valid":"error"]]></compute>
   <compute expr='value>"0" &amp;&amp; value&lt;"10" ?"valid":"error"'>valid</compute>
   <norm attr=' &apos;   &#x20;&#13;&#xa;&#9;   &apos; '/>
</doc>`
    expect(canonical(read(text))).toBe(`<doc>
   <text>First line&#xD;
Second line</text>
   <value>2</value>
   <compute>value&gt;"0" &amp;&amp; value&lt;"10" ?"valid":"error"</compute>
   <compute expr="value>&quot;0&quot; &amp;&amp; value&lt;&quot;10&quot; ?&quot;valid&quot;:&quot;error&quot;">valid</compute>
   <norm attr=" '    &#xD;&#xA;&#x9;   ' "></norm>
</doc>`)
  })

  it('3.6: everything is UTF-8', () => {
    expect(canonical(read('<doc>&#169;</doc>'))).toBe('<doc>©</doc>')
  })
})

describe('an element that comes without its ancestors', () => {
  const text =
    '<a xmlns="urn:a" xmlns:x="urn:x" xmlns:y="urn:y" xml:lang="th" xml:id="i" xml:base="http://sapan.example/a/b">' +
    '<b xml:space="preserve" xml:base="../c/"><x:c z="1" x:z="2" xml:base="d"><e/></x:c></b></a>'
  const element = () => found(read(text), 'c')

  it('brings all namespaces and xml: attributes along by 1.0', () => {
    expect(canonical(element())).toBe(
      '<x:c xmlns="urn:a" xmlns:x="urn:x" xmlns:y="urn:y" z="1" xml:base="d" xml:id="i" xml:lang="th" xml:space="preserve" x:z="2"><e></e></x:c>',
    )
  })

  it('does not inherit an id, and has its base joined, by 1.1', () => {
    expect(canonical(element(), { kind: '1.1' })).toBe(
      '<x:c xmlns="urn:a" xmlns:x="urn:x" xmlns:y="urn:y" z="1" xml:base="http://sapan.example/c/d" xml:lang="th" xml:space="preserve" x:z="2"><e></e></x:c>',
    )
  })

  it('brings only what it uses by the exclusive form', () => {
    expect(canonical(element(), { kind: 'exclusive' })).toBe(
      '<x:c xmlns:x="urn:x" z="1" xml:base="d" x:z="2"><e xmlns="urn:a"></e></x:c>',
    )
  })

  it('brings the prefixes that are named beside, by the exclusive form', () => {
    expect(canonical(element(), { kind: 'exclusive', inclusivePrefixes: ['y', '', 'none'] })).toBe(
      '<x:c xmlns="urn:a" xmlns:x="urn:x" xmlns:y="urn:y" z="1" xml:base="d" x:z="2"><e></e></x:c>',
    )
  })

  it('is the same wherever it was enveloped, by the exclusive form (§2.2 of its specification)', () => {
    const inner =
      '<n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"/></n1:elem2>'
    const one = read(`<n0:local xmlns:n0="foo:bar" xmlns:n3="ftp://example.org">${inner}</n0:local>`)
    const other = read(
      `<n2:pdu xmlns:n1="http://example.com" xmlns:n2="http://foo.example" xml:lang="fr" xml:space="retain">${inner}</n2:pdu>`,
    )
    const expected =
      '<n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"></n3:stuff></n1:elem2>'
    expect(canonical(found(one, 'elem2'), { kind: 'exclusive' })).toBe(expected)
    expect(canonical(found(other, 'elem2'), { kind: 'exclusive' })).toBe(expected)
    expect(canonical(found(one, 'elem2'))).not.toBe(canonical(found(other, 'elem2')))
  })

  it('takes a default namespace back where one was written, and nowhere else', () => {
    const document = read('<a xmlns="urn:a"><b xmlns=""><c/></b></a>')
    expect(canonical(document)).toBe('<a xmlns="urn:a"><b xmlns=""><c></c></b></a>')
    expect(canonical(found(document, 'b'))).toBe('<b><c></c></b>')
    expect(canonical(document, { kind: 'exclusive' })).toBe('<a xmlns="urn:a"><b xmlns=""><c></c></b></a>')
  })

  it('can leave elements out', () => {
    const document = read('<a><b>1</b><c>2</c></a>')
    expect(canonical(document, {}, new Set([found(document, 'b')]))).toBe('<a><c>2</c></a>')
  })
})

it('a base is joined as Canonical XML 1.1 has it', () => {
  expect(joinReferences('abc/', '../')).toBe('')
  expect(joinReferences('../abc/', '..')).toBe('../')
  expect(joinReferences('..', '..')).toBe('../../')
  expect(joinReferences('http://a.example/b/c', '/d/./e')).toBe('http://a.example/d/e')
  expect(joinReferences('http://a.example', 'd?q')).toBe('http://a.example/d?q')
  expect(joinReferences('http://a.example/b/c?x', '')).toBe('http://a.example/b/c?x')
  expect(joinReferences('b', '//c.example/../d')).toBe('//c.example/d')
})

it('attributes are sorted by code points, not by UTF-16 units', () => {
  expect(canonical(read('<a \u{10000}="1" \ufffd="2" b="3"/>'))).toBe(
    '<a b="3" \ufffd="2" \u{10000}="1"></a>',
  )
})

it('a relative namespace has no canonical form', () => {
  expect(() => canonical(read('<a xmlns="b"/>'))).toThrow(XmlError)
})

it('ends when a run writes too much', () => {
  const document = read(`<a>${'x'.repeat(1000)}</a>`)
  const small = budget({ canonical: 1700 })
  canonicalise(document, plainCanonical, small)
  expect(() => canonicalise(document, plainCanonical, small)).toThrow(TooMuchWork)
})

describe('for any document', () => {
  const name = fc.constantFrom('a', 'b', 'ก', 'p:a', 'q:b')
  const text = fc.stringMatching(/^[ a-z\r\n\t<>&"'ก]{0,8}$/)
  const escaped = (value: string) =>
    value.replace(/[<>&"'\r\n\t]/g, (character) => `&#${character.charCodeAt(0)};`)
  const declared = fc.uniqueArray(
    fc.constantFrom(
      'xmlns="urn:1"',
      'xmlns:p="urn:2"',
      'xmlns:q="urn:3"',
      'xmlns:r="urn:4"',
      'xml:lang="th"',
    ),
  )
  const { node } = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      text.map(escaped),
      fc.constantFrom('<!--c-->', '<?i d?>', '<![CDATA[<x>]]>'),
      fc
        .tuple(
          name,
          declared,
          fc.uniqueArray(fc.tuple(fc.constantFrom('x', 'y', 'p:x'), text), { selector: ([key]) => key }),
          fc.array(tie('node'), { maxLength: 4 }),
        )
        .map(([tag, spaces, attributes, inside]) => {
          const written = attributes.map(([key, value]) => ` ${key}="${escaped(value)}"`).join('')
          return `<${tag} ${spaces.join(' ')}${written}>${inside.join('')}</${tag}>`
        }),
    ),
  }))
  const document = fc
    .array(node, { maxLength: 5 })
    .map((inside) => `<r xmlns:p="urn:p" xmlns:q="urn:q">${inside.join('')}</r>`)
  const method = fc.record({
    kind: fc.constantFrom('1.0' as const, '1.1' as const, 'exclusive' as const),
    comments: fc.boolean(),
  })

  it('the canonical form of a canonical form is itself', () => {
    fc.assert(
      fc.property(document, method, (source, how) => {
        const once = canonical(read(source), how)
        expect(canonical(read(once), how)).toBe(once)
      }),
    )
  })

  it('an element taken out keeps its canonical form', () => {
    fc.assert(
      fc.property(document, method, (source, how) => {
        const inner = read(`<outer xmlns="urn:o" xmlns:p="urn:9" xml:lang="en">${source}</outer>`)
        const once = canonical(found(inner, 'r'), how)
        expect(canonical(read(once), how)).toBe(once)
      }),
    )
  })
})
