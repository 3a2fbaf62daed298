import { extname } from 'node:path'

export type ContainerKind = 'ASiC-E' | 'ASiC-S'

const kinds: Readonly<Record<string, ContainerKind>> = {
  '.asice': 'ASiC-E',
  '.sce': 'ASiC-E',
  '.asics': 'ASiC-S',
  '.scs': 'ASiC-S',
}

/** The kind of container by its file's name (EN 319 162-1 §4.3.1, §4.4.1); undefined for another name. */
export function containerKind(file: string): ContainerKind | undefined {
  return kinds[extname(file).toLowerCase()]
}

/** Whether these bytes are a ZIP file with a type of ASiC at its beginning. */
export function isContainer(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 100)).toString('latin1')
  return head.startsWith('PK\u0003\u0004') && head.includes('mimetypeapplication/vnd.etsi.asic-')
}
