import type { Run } from '../run.ts'
import { XmlError } from '../xml/error.ts'
import { namesOf } from '../xml/format.ts'
import type { XmlBudget } from '../xml/limits.ts'
import { asic } from '../xml/names.ts'
import { parseXml } from '../xml/parse.ts'
import { sourceOf } from '../xml/source.ts'
import { flawedInput, readXadesSignature, signatureElements } from '../xml/xades/read.ts'
import { type ContainedSignature, containerFlaw } from './cades.ts'
import type { Container } from './container.ts'
import { entryName } from './manifest.ts'

const openDocument = 'urn:oasis:names:tc:opendocument:xmlns:digitalsignature:1.0'

/** The signatures of one XML file in META-INF (EN 319 162-1 §4.3.3.3, §4.4.3). */
export function xadesIn(
  run: Run,
  container: Container,
  budget: XmlBudget,
  name: string,
): ContainedSignature[] {
  try {
    return readAll(run, container, budget, name)
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    const flaw = { why: 'FORMAT_FAILURE', check: 'format-readable', detail: error.message } as const
    return [{ input: flawedInput(name, flaw), covers: [] }]
  }
}

function readAll(run: Run, container: Container, budget: XmlBudget, name: string): ContainedSignature[] {
  const { zip, files } = container
  const document = parseXml(zip.read(name) ?? new Uint8Array(), budget)
  const names = new Set(files.map((file) => file.name))
  const source = sourceOf(document, budget, (path) => {
    const only = files.length === 1 ? files[0]?.name : undefined
    const wanted = path === undefined ? only : entryName(path)
    return wanted !== undefined && names.has(wanted) ? zip.read(wanted) : undefined
  })
  const { root } = document
  const isRoot = root.is(asic, 'XAdESSignatures') || root.is(openDocument, 'document-signatures')
  const elements = signatureElements(source)
  const id = namesOf(elements)
  const most = run.work.limits.signatures
  return elements.slice(0, most + 1).map((element, at) => {
    const one = readXadesSignature(element, `${name}#${id(element, at)}`, source)
    const isInPlace = isRoot && element.parent === root
    const covers = one.data.flatMap(({ target, uri }) =>
      target === 'file' ? [uri === undefined ? (files[0]?.name ?? '') : entryName(uri)] : [],
    )
    // Parts of the signature file itself are none of the container's files.
    const isOverNothing =
      one.input.flaws.length === 0 &&
      one.data.every(({ target }) => target !== undefined && target !== 'file')
    const flaws = [
      ...(isInPlace ? [] : [containerFlaw('a signature out of its place')]),
      ...(isOverNothing ? [containerFlaw('a signature over none of the files')] : []),
    ]
    return {
      input: { ...one.input, flaws: [...flaws, ...one.input.flaws] },
      covers,
    }
  })
}
