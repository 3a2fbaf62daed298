import { basename, extname } from 'node:path'
import { type ContainerFile, createAsice, createAsics, type SigningOptions } from '@sapan/documents'
import type { ContainerKind } from './container-kind.ts'
import { readInput } from './files.ts'

const types: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.xml': 'application/xml',
  '.json': 'application/json',
  '.txt': 'text/plain',
  '.csv': 'text/csv',
  '.html': 'text/html',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.zip': 'application/zip',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.odt': 'application/vnd.oasis.opendocument.text',
  '.asice': 'application/vnd.etsi.asic-e+zip',
  '.asics': 'application/vnd.etsi.asic-s+zip',
}

/** Packs the files, by their own names without folders, under one signature. Rejects with `input-unreadable` and as `createAsice`. */
export async function signContainer(
  kind: ContainerKind,
  files: readonly string[],
  options: SigningOptions,
): Promise<Uint8Array> {
  const contents: ContainerFile[] = []
  for (const file of files) {
    const mime = types[extname(file).toLowerCase()]
    contents.push({ name: basename(file), bytes: await readInput(file), ...(mime && { mime }) })
  }
  const [only] = contents
  if (kind === 'ASiC-S' && only) return createAsics(only, options)
  return createAsice(contents, options)
}
