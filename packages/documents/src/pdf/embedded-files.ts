import { parseDate } from './date.ts'
import { PdfError } from './error.ts'
import type { PdfFile } from './file.ts'
import { type PdfDict, type PdfObject, PdfRef } from './objects.ts'

export interface EmbeddedFile {
  readonly name: string
  readonly description: string | undefined
  /** As the file claims. */
  readonly mime: string | undefined
  /** AFRelationship: Data, Source, Alternative, Supplement, Unspecified … */
  readonly relationship: string | undefined
  readonly bytes: Uint8Array
  /** ms */
  readonly modified: number | undefined
  readonly ref: PdfRef | undefined
}

/**
 * The files inside: of the name tree EmbeddedFiles, of the catalog's and the pages' AF, and of attachment annotations
 * (ISO 32000-2, 7.11.4, 14.13), each once.
 */
export function embeddedFiles(file: PdfFile): EmbeddedFile[] {
  const found: EmbeddedFile[] = []
  const seen = new Set<PdfDict>()
  const add = (object: PdfObject | undefined): void => {
    const dict = file.dict(object)
    if (!dict || seen.has(dict)) return
    seen.add(dict)
    const embedded = readSpecification(file, dict, object instanceof PdfRef ? object : undefined)
    if (embedded) found.push(embedded)
  }
  const { catalog } = file
  for (const [, value] of nameTree(file, file.dict(catalog.get('Names'))?.get('EmbeddedFiles'))) add(value)
  for (const value of file.array(catalog.get('AF')) ?? []) add(value)
  for (const page of file.pages()) {
    for (const value of file.array(page.dict.get('AF')) ?? []) add(value)
    for (const object of file.array(page.dict.get('Annots')) ?? []) {
      const annotation = file.dict(object)
      if (file.name(annotation?.get('Subtype')) === 'FileAttachment') add(annotation?.get('FS'))
    }
  }
  return found
}

function readSpecification(file: PdfFile, dict: PdfDict, ref: PdfRef | undefined): EmbeddedFile | undefined {
  const files = file.dict(dict.get('EF'))
  const stream = file.stream(files?.get('UF')) ?? file.stream(files?.get('F'))
  if (!stream) return undefined
  const parameters = file.dict(stream.dict.get('Params'))
  return {
    name: file.text(dict.get('UF')) ?? file.text(dict.get('F')) ?? '',
    description: file.text(dict.get('Desc')),
    mime: file.name(stream.dict.get('Subtype')),
    relationship: file.name(dict.get('AFRelationship')),
    bytes: file.decode(stream),
    modified: parseDate(file.text(parameters?.get('ModDate'))),
    ref,
  }
}

/** The pairs of a name tree (7.9.6), in order. */
export function nameTree(file: PdfFile, root: PdfObject | undefined): [string, PdfObject][] {
  const found: [string, PdfObject][] = []
  const seen = new Set<PdfDict>()
  const visit = (object: PdfObject | undefined, depth: number): void => {
    const node = file.dict(object)
    if (!node) return
    file.budget.work(1)
    if (depth > file.budget.limits.nesting) throw new PdfError('too-complex', 'A name tree is too deep')
    if (seen.has(node)) throw new PdfError('malformed', 'A name tree has a node twice')
    seen.add(node)
    const names = file.array(node.get('Names')) ?? []
    for (let i = 0; i + 1 < names.length; i += 2)
      found.push([file.text(names[i]) ?? '', names[i + 1] ?? null])
    for (const kid of file.array(node.get('Kids')) ?? []) visit(kid, depth + 1)
  }
  visit(root, 0)
  return found
}
