import type { DrawnPage } from '../layout/canvas.ts'
import type { DocumentDescription } from '../layout/description.ts'
import type { LaidOutDocument } from '../layout/document.ts'
import { A4 } from '../layout/length.ts'
import type { PageImage } from '../layout/page-image.ts'
import type { Typeface } from '../text/typeface.ts'
import { writeAnnotations } from './annotations.ts'
import { writeAttachments } from './attachments.ts'
import { packedSrgbProfile } from './colour-profile.ts'
import { type DocumentFont, documentFonts } from './document-fonts.ts'
import { writeImage } from './images.ts'
import { writeOutline } from './outline.ts'
import { pageContent } from './page-content.ts'
import { PdfFileWriter, type Reference } from './pdf-file.ts'
import type { RenderedDocument } from './rendered.ts'
import { writeStructureTree } from './structure-tree.ts'
import { array, dateString, dictionary, number, textString } from './syntax.ts'
import { PRODUCER, xmpPacket } from './xmp.ts'

/** Writes what was laid out as PDF/A-3a (ISO 19005-3, on ISO 32000-1). */
export function writeDocument(description: DocumentDescription, laidOut: LaidOutDocument): RenderedDocument {
  const file = new PdfFileWriter()
  const pages = laidOut.pages.map(() => file.reserve())
  const annotations = writePages(file, laidOut, pages)
  const structure = writeStructureTree(file, laidOut.structure, {
    pages,
    annotation: (area) => {
      const place = annotations.places.get(area)
      if (!place) throw new Error('an annotation was not written')
      return place
    },
  })
  const { names, associated } = writeAttachments(file, description.attachments)
  const catalog = file.add(
    dictionary({
      Type: '/Catalog',
      Pages: annotations.tree,
      Lang: textString(description.language === 'th' ? 'th-TH' : 'en'),
      MarkInfo: '<</Marked true>>',
      StructTreeRoot: structure,
      ViewerPreferences: '<</DisplayDocTitle true>>',
      Metadata: writeMetadata(file, description),
      OutputIntents: array([writeOutputIntent(file)]),
      Outlines: writeOutline(file, laidOut.bookmarks, pages),
      AcroForm: annotations.form,
      Names: names && dictionary({ EmbeddedFiles: names }),
      AF: associated,
    }),
  )
  return {
    bytes: file.finish(catalog, file.add(information(description))),
    pages: pages.length,
    text: laidOut.pages.map(({ lines }) => lines.join('\n')),
    fields: annotations.fields,
  }
}

function writePages(file: PdfFileWriter, laidOut: LaidOutDocument, pages: readonly Reference[]) {
  const fonts = documentFonts(textsOf(laidOut.pages))
  const fontReferences = new Map([...fonts.values()].map((font) => [font, font.write(file)]))
  const images = writeImages(file, laidOut.pages)
  const tree = file.reserve()
  const contents = laidOut.pages.map(({ items }, page) =>
    file.addPacked(
      {},
      pageContent(items, page, { fonts, imageName: (digest) => images.get(digest)?.name ?? '' }),
    ),
  )
  const annotations = writeAnnotations(file, laidOut.pages, pages)
  laidOut.pages.forEach((page, index) => {
    const own = annotations.ofPage[index] ?? []
    file.add(
      dictionary({
        Type: '/Page',
        Parent: tree,
        MediaBox: array([0, 0, A4.width, A4.height].map(number)),
        Contents: contents[index],
        Resources: resources(page, fonts, fontReferences, images),
        StructParents: String(index),
        Tabs: '/S',
        Annots: own.length > 0 ? array(own) : undefined,
      }),
      pages[index],
    )
  })
  file.add(dictionary({ Type: '/Pages', Kids: array(pages), Count: String(pages.length) }), tree)
  return { ...annotations, tree }
}

function* textsOf(pages: readonly DrawnPage[]) {
  for (const { items } of pages)
    for (const item of items) if (item.kind === 'text') yield [item.typeface, item.texts] as const
}

interface WrittenImage {
  readonly name: string
  readonly reference: Reference
}

/** Each picture once, whatever it is drawn on. */
function writeImages(file: PdfFileWriter, pages: readonly DrawnPage[]): Map<string, WrittenImage> {
  const written = new Map<string, WrittenImage>()
  const write = (image: PageImage) => {
    if (!written.has(image.digest))
      written.set(image.digest, { name: `I${written.size + 1}`, reference: writeImage(file, image) })
  }
  for (const { items } of pages) for (const item of items) if (item.kind === 'image') write(item.image)
  return written
}

function resources(
  page: DrawnPage,
  fonts: ReadonlyMap<Typeface, DocumentFont>,
  references: ReadonlyMap<DocumentFont, Reference>,
  images: ReadonlyMap<string, WrittenImage>,
): string {
  const used: Record<string, string> = {}
  const pictures: Record<string, string> = {}
  for (const item of page.items) {
    if (item.kind === 'text') {
      const font = fonts.get(item.typeface)
      const reference = font && references.get(font)
      if (font && reference) used[font.resource] = reference
    } else if (item.kind === 'image') {
      const image = images.get(item.image.digest)
      if (image) pictures[image.name] = image.reference
    }
  }
  return dictionary({
    Font: Object.keys(used).length > 0 ? dictionary(used) : undefined,
    XObject: Object.keys(pictures).length > 0 ? dictionary(pictures) : undefined,
  })
}

/** Not packed: PDF/A wants metadata that any tool can find (ISO 19005-3 §6.6.2.1 allows filters; many tools don't). */
function writeMetadata(file: PdfFileWriter, description: DocumentDescription): Reference {
  return file.addStream({ Type: '/Metadata', Subtype: '/XML' }, Buffer.from(xmpPacket(description), 'utf8'))
}

function writeOutputIntent(file: PdfFileWriter): Reference {
  const profile = file.addStream({ N: '3', Filter: '/FlateDecode' }, packedSrgbProfile())
  return file.add(
    dictionary({
      Type: '/OutputIntent',
      S: '/GTS_PDFA1',
      OutputConditionIdentifier: '(sRGB IEC61966-2.1)',
      Info: '(sRGB IEC61966-2.1)',
      DestOutputProfile: profile,
    }),
  )
}

function information({ title, author, subject, keywords, created }: DocumentDescription): string {
  return dictionary({
    Title: textString(title),
    Author: textString(author),
    Subject: subject ? textString(subject) : undefined,
    Keywords: keywords?.length ? textString(keywords.join(', ')) : undefined,
    Creator: textString(PRODUCER),
    Producer: textString(PRODUCER),
    CreationDate: dateString(created),
    ModDate: dateString(created),
  })
}
