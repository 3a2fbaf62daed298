import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type AuthorityFiles,
  createDocumentAuthority,
  type DocumentAuthority,
  layAuthority,
} from './authority.ts'
import { Dss } from './peers/dss.ts'
import { Pyhanko } from './peers/pyhanko.ts'
import { PyhankoLists } from './peers/pyhanko-lists.ts'
import { VeraPdf } from './peers/verapdf.ts'

/** A folder with an authority's files, and the peers; everything is gone afterwards. */
export class Place {
  readonly folder = mkdtempSync(join(tmpdir(), 'sapan-conformance-'))
  readonly #open: { close(): void }[] = []
  readonly #peers = new Map<string, unknown>()

  get dss(): Dss {
    return this.#peer('dss', () => new Dss())
  }

  get pyhanko(): Pyhanko {
    return this.#peer('pyhanko', () => new Pyhanko())
  }

  get pyhankoLists(): PyhankoLists {
    return this.#peer('pyhanko-lists', () => new PyhankoLists(this.folder))
  }

  get verapdf(): VeraPdf {
    return this.#peer('verapdf', () => new VeraPdf())
  }

  async authority(kind: 'rsa' | 'ecdsa'): Promise<{ authority: DocumentAuthority; files: AuthorityFiles }> {
    const authority = await createDocumentAuthority(kind)
    return { authority, files: layAuthority(authority, join(this.folder, kind)) }
  }

  /** Lays a file there; gives its path. */
  lay(name: string, bytes: Uint8Array): string {
    const path = join(this.folder, name.replace(/[^\w.-]+/g, '-'))
    writeFileSync(path, bytes)
    return path
  }

  close(): void {
    for (const peer of this.#open) peer.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** Throws `ToolMissing` where it isn't installed. */
  #peer<T extends { close(): void }>(name: string, start: () => T): T {
    const known = this.#peers.get(name) as T | undefined
    if (known) return known
    const peer = start()
    this.#peers.set(name, peer)
    this.#open.push(peer)
    return peer
  }
}

/** Uses a place, and clears it up. */
export async function atPlace<T>(use: (place: Place) => Promise<T>): Promise<T> {
  const place = new Place()
  try {
    return await use(place)
  } finally {
    place.close()
  }
}
