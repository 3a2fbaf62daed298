import type { DocumentDescription } from '../layout/description.ts'

/** The namespace of our own properties. */
export const SAPAN_NAMESPACE = 'urn:sapan:document#'

/** What makes the file; in the information dictionary and in XMP alike (ISO 19005-3 §6.6.2.2 wants them to agree). */
export const PRODUCER = 'Sapan'

/** The metadata stream: XMP (ISO 16684-1) with what PDF/A-3a asks for (ISO 19005-3 §6.6). */
export function xmpPacket(description: DocumentDescription): string {
  const created = `${new Date(description.created).toISOString().slice(0, 19)}Z`
  const keywords = description.keywords?.join(', ')
  const own = Object.entries(description.metadata ?? {})
  const properties = [
    ...namespace('dc', 'http://purl.org/dc/elements/1.1/', [
      ['dc:format', 'application/pdf'],
      ['dc:title', alternatives(description.title)],
      ['dc:creator', list('Seq', [description.author])],
      ['dc:language', list('Bag', [description.language])],
      ['dc:description', description.subject === undefined ? undefined : alternatives(description.subject)],
      ['dc:subject', description.keywords?.length ? list('Bag', description.keywords) : undefined],
      ['dc:identifier', description.identifier && escaped(description.identifier)],
    ]),
    ...namespace('xmp', 'http://ns.adobe.com/xap/1.0/', [
      ['xmp:CreateDate', created],
      ['xmp:ModifyDate', created],
      ['xmp:MetadataDate', created],
      ['xmp:CreatorTool', PRODUCER],
    ]),
    ...namespace('pdf', 'http://ns.adobe.com/pdf/1.3/', [
      ['pdf:Producer', PRODUCER],
      ['pdf:Keywords', keywords && escaped(keywords)],
    ]),
    ...namespace('pdfaid', 'http://www.aiim.org/pdfa/ns/id/', [
      ['pdfaid:part', '3'],
      ['pdfaid:conformance', 'A'],
    ]),
    ...(own.length > 0 ? ownProperties(own) : []),
  ]
  return [
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    ...properties,
    '</rdf:RDF>',
    '</x:xmpmeta>',
    '<?xpacket end="r"?>',
  ].join('\n')
}

type Property = readonly [name: string, value: string | undefined]

function namespace(prefix: string, uri: string, properties: readonly Property[]): string[] {
  return [
    `<rdf:Description rdf:about="" xmlns:${prefix}="${uri}">`,
    ...properties.flatMap(([key, value]) => (value ? [`<${key}>${value}</${key}>`] : [])),
    '</rdf:Description>',
  ]
}

const alternatives = (text: string): string =>
  `<rdf:Alt><rdf:li xml:lang="x-default">${escaped(text)}</rdf:li></rdf:Alt>`

const list = (kind: 'Seq' | 'Bag', values: readonly string[]): string =>
  `<rdf:${kind}>${values.map((value) => `<rdf:li>${escaped(value)}</rdf:li>`).join('')}</rdf:${kind}>`

const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')

/** Our own properties with the description of their schema (ISO 19005-3 §6.6.2.3.3). */
function ownProperties(own: readonly (readonly [string, string])[]): string[] {
  const described = own.map(
    ([key]) =>
      `<rdf:li rdf:parseType="Resource"><pdfaProperty:name>${key}</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category><pdfaProperty:description>${key}</pdfaProperty:description></rdf:li>`,
  )
  return [
    '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">',
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">',
    '<pdfaSchema:schema>Sapan document</pdfaSchema:schema>',
    `<pdfaSchema:namespaceURI>${SAPAN_NAMESPACE}</pdfaSchema:namespaceURI>`,
    '<pdfaSchema:prefix>sapan</pdfaSchema:prefix>',
    `<pdfaSchema:property><rdf:Seq>${described.join('')}</rdf:Seq></pdfaSchema:property>`,
    '</rdf:li></rdf:Bag></pdfaExtension:schemas>',
    '</rdf:Description>',
    ...namespace(
      'sapan',
      SAPAN_NAMESPACE,
      own.map(([key, value]) => [`sapan:${key}`, escaped(value)]),
    ),
  ]
}
