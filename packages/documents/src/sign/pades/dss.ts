import { createHash } from 'node:crypto'
import { name, PdfDict, type PdfObject, PdfRef, PdfStream, writeObject } from '../../pdf/index.ts'
import { contentKey } from '../certificate/certificate.ts'
import type { Evidence } from '../evidence.ts'
import { type Draft, ReadyObject } from './draft.ts'

/** The lists of a document security store and what they are called in an entry for one signature (tables 261, 262). */
const lists = [
  ['Certs', 'Cert', 'certificates'],
  ['OCSPs', 'OCSP', 'ocsps'],
  ['CRLs', 'CRL', 'crls'],
] as const

/** The key of a signature's entry: SHA-1 of its Contents, upper-case hex (ISO 32000-2, 12.8.4.4). */
export function vriKey(contents: Uint8Array): string {
  return createHash('sha1').update(contents).digest('hex').toUpperCase()
}

/**
 * Puts evidence into the document security store (EN 319 142-1 §5.4): what is there stays, what is there already isn't
 * written again, and the signatures' entries say which of it is theirs.
 */
export class SecurityStore {
  readonly #draft: Draft
  /** References of what the store holds, by list and content. */
  readonly #held = new Map<string, Map<string, PdfRef>>()

  constructor(draft: Draft) {
    this.#draft = draft
    for (const [list] of lists) this.#held.set(list, heldObjects(draft, list))
  }

  has(key: string): boolean {
    const entries = this.#draft.dict(this.#store()?.get('VRI'))
    return entries?.has(key) ?? false
  }

  /** Whether every part is there already. */
  holds(evidence: Evidence): boolean {
    return lists.every(([list, , part]) => {
      const held = this.#held.get(list)
      return evidence[part].every((bytes) => held?.has(contentKey(bytes)))
    })
  }

  /** `signatures`: each with its key and the evidence that is for it. `ahead`: evidence for a time-stamp that is still to come. */
  add(signatures: readonly { readonly key: string; readonly evidence: Evidence }[], ahead?: Evidence): void {
    const entries: Record<string, PdfObject> = {}
    for (const { key, evidence } of signatures) entries[key] = this.#entry(evidence)
    if (ahead) for (const [list, , part] of lists) for (const bytes of ahead[part]) this.#hold(list, bytes)
    const store = this.#store() ?? PdfDict.of({ Type: name('DSS') })
    const known = this.#draft.dict(store.get('VRI')) ?? new PdfDict([])
    const changed = store.with({
      ...Object.fromEntries(lists.map(([list]) => [list, this.#references(list)])),
      VRI: known.with(entries),
    })
    const place = this.#draft.catalog.get('DSS')
    if (place instanceof PdfRef) this.#draft.replace(place, changed)
    else this.#draft.change(this.#draft.catalogRef, { DSS: this.#draft.add(changed) })
  }

  #store(): PdfDict | undefined {
    return this.#draft.dict(this.#draft.catalog.get('DSS'))
  }

  #entry(evidence: Evidence): PdfDict {
    const entry: Record<string, PdfObject> = { Type: name('VRI') }
    for (const [list, short, part] of lists) {
      const references = evidence[part].map((bytes) => this.#hold(list, bytes))
      if (references.length > 0) entry[short] = references
    }
    return PdfDict.of(entry)
  }

  #hold(list: string, bytes: Uint8Array): PdfRef {
    const held = this.#held.get(list)
    const key = contentKey(bytes)
    const ref = held?.get(key) ?? this.#draft.add(readyStream(bytes))
    held?.set(key, ref)
    return ref
  }

  #references(list: string): PdfObject | undefined {
    const references = [...(this.#held.get(list)?.values() ?? [])]
    return references.length === 0 ? undefined : references
  }
}

/** What a file holds already. Streams that can't be read keep their place and are found by nothing. */
function heldObjects(draft: Draft, list: string): Map<string, PdfRef> {
  const held = new Map<string, PdfRef>()
  const store = draft.dict(draft.catalog.get('DSS'))
  for (const each of draft.array(store?.get(list)) ?? []) {
    if (!(each instanceof PdfRef)) continue
    const stream = draft.resolve(each)
    const key = stream instanceof PdfStream ? contentKey(draft.file.decode(stream)) : `object ${each.num}`
    held.set(held.has(key) ? `object ${each.num}` : key, each)
  }
  return held
}

const ready = new WeakMap<Uint8Array, ReadyObject>()

/** A stream with these bytes, uncompressed: they hardly get smaller. The same for every file. */
function readyStream(bytes: Uint8Array): ReadyObject {
  let object = ready.get(bytes)
  if (!object) {
    object = new ReadyObject(writeObject(new PdfStream(new PdfDict([]), bytes)))
    ready.set(bytes, object)
  }
  return object
}
