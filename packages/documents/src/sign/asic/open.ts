import { createHash } from 'node:crypto'
import {
  type Container,
  type Manifest,
  openZip,
  readContainer,
  readManifest,
  ZipError,
} from '../../check/asic/index.ts'
import { TooMuchWork, Work } from '../../check/work.ts'
import { XmlError } from '../../check/xml/error.ts'
import { XmlBudget } from '../../check/xml/limits.ts'
import { signProblem } from '../../problems/sign.ts'

/** A container that lies there, to be signed once more or renewed. */
export interface ContainerToExtend {
  readonly type: string
  readonly container: Container
  readonly manifests: readonly Manifest[]
  /** All that is in it but `mimetype`, in order. */
  readonly parts: ReadonlyMap<string, Uint8Array>
}

/** Throws `container-unrenewable` with what is wrong with it, or what is in it that is not understood. */
export function openToExtend(bytes: Uint8Array): ContainerToExtend {
  try {
    const zip = openZip(bytes)
    const container = readContainer(zip)
    const type = zip.read('mimetype')
    if (!container || !type) throw unrenewable('ไม่ใช่ซอง ASiC', 'It is no ASiC container')
    const [flaw] = container.flaws
    if (flaw !== undefined) throw unrenewable(flaw, flaw)
    const budget = new XmlBudget(new Work())
    const names = zip.entries.flatMap(({ name, isFolder }) => (isFolder ? [] : [name]))
    const odd = names.find((name) => /^\d+$|^__proto__$/.test(name))
    if (odd !== undefined) throw unrenewable(odd, odd)
    return {
      type: Buffer.from(type).toString('latin1'),
      container,
      manifests: container.manifests.map((name) => readManifest(name, zip.read(name) ?? bytes, budget)),
      parts: new Map(
        names.filter((name) => name !== 'mimetype').map((name) => [name, zip.read(name) ?? new Uint8Array()]),
      ),
    }
  } catch (cause) {
    if (cause instanceof ZipError) throw unrenewable('ไม่ใช่ซอง ASiC', 'It is no ASiC container', cause)
    const isBroken = cause instanceof XmlError || cause instanceof TooMuchWork
    if (isBroken) throw unrenewable('อ่านบัญชีไฟล์ในซองไม่ได้', 'A manifest in it cannot be read', cause)
    throw cause
  }
}

export function unrenewable(thai: string, english: string, cause?: unknown) {
  return signProblem('container-unrenewable', thai, english, cause === undefined ? {} : { cause })
}

/** The first of the names `stem001`, `stem002` … that no part has. */
export function freePart(parts: ReadonlyMap<string, unknown>, stem: string, end: string): string {
  for (let number = 1; ; number++) {
    const name = `META-INF/${stem}${String(number).padStart(3, '0')}${end}`
    if (!parts.has(name)) return name
  }
}

/** What was changed since is not to be stamped. Throws `container-unrenewable`. */
export function checkDigests({ objects }: Manifest, parts: ReadonlyMap<string, Uint8Array>): void {
  for (const { name, algorithm, digest } of objects) {
    const bytes = parts.get(name)
    const isSame = bytes && algorithm && createHash(algorithm).update(bytes).digest().equals(digest)
    if (!isSame) throw unrenewable(`${name} ถูกแก้ไขหลังลงนาม`, `${name} was changed since it was signed`)
  }
}
