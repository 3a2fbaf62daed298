import type { DetachedFile, FormatReader, FoundSignatures } from '../formats.ts'
import { finding } from '../report/checks.ts'
import type { Finding } from '../report/report.ts'
import type { SignaturePlace } from '../report/signature-report.ts'
import { XmlError } from './error.ts'
import { XmlBudget } from './limits.ts'
import { dsig } from './names.ts'
import type { XmlElement } from './nodes.ts'
import { parseXml } from './parse.ts'
import { decodePath } from './references.ts'
import { sourceOf, type XmlSource } from './source.ts'
import { readXadesSignature, signatureElements, type XadesSignature } from './xades/read.ts'

/** An XML file with signatures in it: over itself, over parts of it, or over files that come with it. */
export const readXades: FormatReader = async (run, bytes, _options, detached) => {
  if (!looksLikeXml(bytes)) return undefined
  const budget = new XmlBudget(run.work)
  try {
    const used = new Set<DetachedFile>()
    const source = sourceOf(parseXml(bytes, budget), budget, fileNamed(detached, used))
    return { format: 'xades', ...readAll(source, detached), used }
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    // A web page, say, is no broken signature.
    if (!new TextDecoder('latin1').decode(bytes).includes(dsig)) return undefined
    return { format: 'xades', signatures: [], findings: [finding('unreadable', error.message)] }
  }
}

function looksLikeXml(bytes: Uint8Array): boolean {
  const [first, second, third] = bytes
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  const start = first === 0xef && second === 0xbb && third === 0xbf ? 3 : 0
  const text = new TextDecoder('latin1').decode(bytes.subarray(start, start + 64))
  return isUtf16 || /^[ \t\r\n]*</.test(text)
}

/** By the whole name, or by its last part; if one file came along and has another name, that one. */
function fileNamed(detached: readonly DetachedFile[], used: Set<DetachedFile>): XmlSource['external'] {
  const last = (path: string) => path.slice(path.lastIndexOf('/') + 1)
  return (path) => {
    const only = detached.length === 1 ? detached[0] : undefined
    const named =
      path === undefined
        ? undefined
        : (detached.find(({ name }) => name === path) ??
          detached.find(({ name }) => last(name) === last(path)))
    const found = named ?? only
    if (found) used.add(found)
    return found?.bytes
  }
}

function readAll(
  source: XmlSource,
  detached: readonly DetachedFile[],
): Pick<FoundSignatures, 'signatures' | 'findings'> {
  const elements = signatureElements(source)
  const ids = namesOf(elements)
  const most = source.budget.work.limits.signatures
  const read = elements
    .slice(0, most + 1)
    .map((element, at) => readXadesSignature(element, ids(element, at), source))
  const isMissing =
    detached.length === 0 && read.some(({ data }) => data.some(({ target }) => target === undefined))
  return {
    signatures: read.map((one) => ({ input: one.input, place: placeOf(one) })),
    findings: isMissing ? [finding('detached-file-missing')] : [],
  }
}

/** Their own identifiers, where each has its own. */
export function namesOf(elements: readonly XmlElement[]): (element: XmlElement, at: number) => string {
  const own = elements.map((element) => element.attribute('Id'))
  const isUsable = own.every((id) => id !== undefined) && new Set(own).size === own.length
  return (element, at) => (isUsable ? element.attribute('Id') : undefined) ?? `signature-${at + 1}`
}

function placeOf({ scope, data }: XadesSignature): SignaturePlace {
  const unsigned: Finding[] = scope === 'partial' ? [finding('unsigned-content')] : []
  return {
    scope,
    covers: data.map(({ uri = '' }) => decodePath(uri)),
    findings: unsigned,
  }
}
