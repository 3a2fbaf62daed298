import type { ZipArchive, ZipEntry } from './zip/archive.ts'

export type ContainerType = 'asic-e' | 'asic-s'

const types: ReadonlyMap<string, ContainerType> = new Map([
  ['application/vnd.etsi.asic-e+zip', 'asic-e'],
  ['application/vnd.etsi.asic-s+zip', 'asic-s'],
])

/** A container by its parts, each in the place that EN 319 162-1 gives it. */
export interface Container {
  readonly zip: ZipArchive
  readonly type: ContainerType
  /** What people put in: everything outside of META-INF but `mimetype`. */
  readonly files: readonly ZipEntry[]
  /** CAdES. */
  readonly signatures: readonly string[]
  /** XML with XAdES. */
  readonly xmlSignatures: readonly string[]
  readonly tokens: readonly string[]
  readonly manifests: readonly string[]
  /** Whatever else lies in META-INF and should have been judged. */
  readonly evidenceRecords: readonly string[]
  /** In META-INF without being any of this, nor what the formats of others put there: a place to hide something. */
  readonly strays: readonly ZipEntry[]
  /** What is wrong with the container as such. */
  readonly flaws: readonly string[]
}

const folder = 'META-INF/'
const mimetype = 'mimetype'
/** Of OpenDocument and EPUB (EN 319 162-1 §4.4.3.2). */
const others = ['manifest.xml', 'container.xml', 'metadata.xml', 'rights.xml', 'encryption.xml']

/** Undefined for a ZIP file that is no container. Throws `ZipError`. */
export function readContainer(zip: ZipArchive): Container | undefined {
  const parts = zip.entries.filter(({ name, isFolder }) => !isFolder && name.startsWith(folder))
  const named = (pattern: RegExp) =>
    parts.map(({ name }) => name).filter((name) => pattern.test(name.slice(folder.length)))
  const found = {
    signatures: named(/^[^/]*signature[^/]*\.p7s$/i),
    xmlSignatures: named(/^[^/]*signatures[^/]*\.xml$/i),
    tokens: named(/^[^/]*timestamp[^/]*\.tst$/i),
    manifests: named(/^ASiC(?:Archive)?Manifest[^/]*\.xml$/i),
    evidenceRecords: named(/evidencerecord/i),
  }
  const usual = new Set([...Object.values(found).flat(), ...others.map((name) => folder + name)])
  const files = zip.entries.filter(
    ({ name, isFolder }) => !isFolder && name !== mimetype && !name.startsWith(folder),
  )
  const said = zip.entry(mimetype)
  const type = said && types.get(textOf(zip.read(mimetype)))
  const isSigned = found.signatures.length + found.xmlSignatures.length + found.tokens.length > 0
  if (!type && !isSigned) return undefined
  const guessed = found.manifests.length === 0 && files.length === 1 ? 'asic-s' : 'asic-e'
  return {
    zip,
    type: type ?? guessed,
    files,
    ...found,
    strays: parts.filter(({ name }) => !usual.has(name)),
    flaws: [...typeFlaws(said, type), ...simpleFlaws(type ?? guessed, files, found)],
  }
}

function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder('latin1').decode(bytes?.subarray(0, 100))
}

/** Annex A.1: first, stored, without an extra field, so that the type stands at a fixed place. */
function typeFlaws(said: ZipEntry | undefined, type: ContainerType | undefined): string[] {
  if (!said) return []
  if (!type) return ['mimetype names another kind of file']
  const isInPlace = said.offset === 0 && said.method === 'stored' && !said.hasExtra
  return isInPlace ? [] : ['mimetype is not first, stored and without an extra field']
}

/** §4.3: one file, and one signature or time-stamp file over it. */
function simpleFlaws(
  type: ContainerType,
  files: readonly ZipEntry[],
  found: Pick<Container, 'signatures' | 'xmlSignatures' | 'manifests'>,
): string[] {
  if (type === 'asic-e') return files.length === 0 ? ['a container without files'] : []
  const flaws = files.length === 1 ? [] : ['ASiC-S with other than one file']
  const { signatures, xmlSignatures } = found
  if (signatures.length + xmlSignatures.length > 1) flaws.push('ASiC-S with several signature files')
  return flaws
}
