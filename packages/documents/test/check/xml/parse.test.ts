import { describe, expect, it } from 'vitest'
import { TooMuchWork, Work } from '../../../src/check/work.ts'
import { XmlError } from '../../../src/check/xml/error.ts'
import { XmlBudget } from '../../../src/check/xml/limits.ts'
import { parseXml } from '../../../src/check/xml/parse.ts'
import { budget, bytesOf, found, read } from './reading.ts'

function refusal(bytes: Uint8Array | string): string | undefined {
  try {
    parseXml(typeof bytes === 'string' ? bytesOf(bytes) : bytes, budget())
    return undefined
  } catch (error) {
    if (error instanceof XmlError) return error.code
    throw error
  }
}

describe('XML is read', () => {
  it('with its namespaces, references, sections and line ends', () => {
    const document = read(
      '<?xml version="1.0" encoding="utf-8"?>\r\n<!-- top -->\n' +
        '<a xmlns="urn:a" xmlns:b="urn:b" b:x="1\t&#9;2" y=\'"\'>\r\nก&amp;&#xE01;<![CDATA[<&]]><b:c/><d xmlns=""/></a>',
    )
    const { root } = document
    expect([root.namespace, root.local]).toEqual(['urn:a', 'a'])
    expect(root.attribute('x', 'urn:b')).toBe('1 \t2')
    expect(root.attribute('y')).toBe('"')
    expect(root.text).toBe('\nก&ก<&')
    expect(found(document, 'c').namespace).toBe('urn:b')
    expect(found(document, 'd').namespace).toBe('')
    expect(document.children[0]).toEqual({ kind: 'comment', text: ' top ' })
  })

  it('in UTF-16 with its mark, and in UTF-8 with one', () => {
    const text = '\ufeff<?xml version="1.0" encoding="UTF-16"?><ก/>'
    const sixteen = new Uint8Array(text.length * 2)
    for (let at = 0; at < text.length; at++) {
      sixteen[at * 2] = text.charCodeAt(at) & 255
      sixteen[at * 2 + 1] = text.charCodeAt(at) >> 8
    }
    expect(parseXml(sixteen, budget()).root.local).toBe('ก')
    expect(read('\ufeff<ก/>').root.local).toBe('ก')
  })
})

describe('XML is refused', () => {
  it.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'doctype'],
    ['an empty document type', '<!DOCTYPE a><a/>', 'doctype'],
    ['an entity of nobody', '<a>&nbsp;</a>', 'malformed'],
    ['a bare ampersand', '<a>&</a>', 'malformed'],
    ['a reference to no character', '<a>&#0;</a>', 'malformed'],
    ['a reference to half a character', '<a>&#xD800;</a>', 'malformed'],
    ['a control character', '<a>\u0001</a>', 'malformed'],
    ['another encoding', '<?xml version="1.0" encoding="ISO-8859-1"?><a/>', 'encoding'],
    ['UTF-16 that is only said', '<?xml version="1.0" encoding="UTF-16"?><a/>', 'encoding'],
    ['version 1.1', '<?xml version="1.1"?><a/>', 'malformed'],
    ['nothing', '', 'malformed'],
    ['two elements', '<a/><b/>', 'malformed'],
    ['text after the end', '<a/>x', 'malformed'],
    ['text before the start', 'x<a/>', 'malformed'],
    ['an open element', '<a><b></b>', 'malformed'],
    ['a crossing', '<a><b></a></b>', 'malformed'],
    ['the end under another prefix', '<p:a xmlns:p="urn:a" xmlns:q="urn:a"></q:a>', 'malformed'],
    ['an attribute twice', '<a x="" x=""/>', 'malformed'],
    [
      'an attribute twice by its namespace',
      '<a xmlns:p="urn:a" xmlns:q="urn:a" p:x="" q:x=""/>',
      'malformed',
    ],
    ['a declaration twice', '<a xmlns:p="urn:a" xmlns:p="urn:a"/>', 'malformed'],
    ['a prefix of nobody', '<p:a/>', 'malformed'],
    ['a prefix of nobody on an attribute', '<a p:x=""/>', 'malformed'],
    ['a prefix that was left', '<a><b xmlns:p="urn:a"/><p:c/></a>', 'malformed'],
    ['a prefix taken back', '<a xmlns:p=""/>', 'malformed'],
    ['another xml', '<a xmlns:xml="urn:a"/>', 'malformed'],
    [
      'the namespace of xml under another prefix',
      '<a xmlns:x="http://www.w3.org/XML/1998/namespace"/>',
      'malformed',
    ],
    ['two colons', '<a:b:c xmlns:a="urn:a"/>', 'malformed'],
    ['attributes without space', '<a x=""y=""/>', 'malformed'],
    ['< in an attribute', '<a x="<"/>', 'malformed'],
    [']]> in text', '<a>]]></a>', 'malformed'],
    ['-- in a comment', '<a><!-- -- --></a>', 'malformed'],
    ['a declaration that is not the first thing', '<a><?xml version="1.0"?></a>', 'malformed'],
    ['a section outside', '<![CDATA[x]]><a/>', 'malformed'],
    ['a name that is none', '<1/>', 'malformed'],
  ])('%s', (_, text, code) => {
    expect(refusal(text)).toBe(code)
  })

  it('bytes that are not UTF-8', () => {
    expect(refusal(Uint8Array.of(0x3c, 0x61, 0x3e, 0xc0, 0x80, 0x3c, 0x2f, 0x61, 0x3e))).toBe('encoding')
  })

  it('when it is nested beyond the limit, has too many nodes, attributes or bytes', () => {
    const deep = (levels: number) => '<a>'.repeat(levels) + '</a>'.repeat(levels)
    expect(read(deep(200)).root.local).toBe('a')
    expect(() => read(deep(201))).toThrow(TooMuchWork)
    expect(() => read(deep(1_000_000))).toThrow(TooMuchWork)
    const few = new XmlBudget(new Work({ elements: 1000 }))
    expect(() => parseXml(bytesOf(`<a>${'<b/>'.repeat(1000)}</a>`), few)).toThrow(TooMuchWork)
    const many = Array.from({ length: 201 }, (_, at) => ` x${at}=""`).join('')
    expect(() => read(`<a${many}/>`)).toThrow(TooMuchWork)
    expect(() => read('<a></a>', { bytes: 6 })).toThrow(TooMuchWork)
  })

  it('in a time that grows with its length only', () => {
    const spaces = ' '.repeat(1_000_000)
    for (const text of [
      `<a${spaces}`,
      `<a><?b${spaces}`,
      `<a b=${spaces}`,
      `<a b="${spaces}`,
      `<${'a'.repeat(1_000_000)}`,
    ])
      expect(refusal(text)).toBe('malformed')
  })
})
