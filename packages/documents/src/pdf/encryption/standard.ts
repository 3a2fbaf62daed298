import { cbc } from '@noble/ciphers/aes'
import { md5 } from '@noble/hashes/legacy.js'
import { joinBytes } from '../../bytes.ts'
import { malformed, PdfError } from '../error.ts'
import type { Decryptor, PdfFile } from '../file.ts'
import { isArray, PdfDict, PdfName, type PdfObject, PdfStream, PdfString } from '../objects.ts'
import { fileKey, permissionsFit } from './file-key.ts'
import { type EncryptionParameters, type Method, readParameters } from './parameters.ts'
import { rc4 } from './rc4.ts'

/** "sAlT", which goes into the keys of AES (ISO 32000-2, 7.6.3.2). */
const SALT = Uint8Array.of(0x73, 0x41, 0x6c, 0x54)

/**
 * The decryptor of a file with an encryption dictionary. Throws `encrypted` where a password is needed and none was
 * given, `wrong-password`, or `unsupported`.
 */
export function standardDecryptor(file: PdfFile, dict: PdfDict, password: string | undefined): Decryptor {
  const parameters = readParameters(file, dict)
  const key = fileKey(parameters, password ?? '') ?? (password ? fileKey(parameters, '') : undefined)
  const { sealedPermissions, permissions } = parameters
  if (key && sealedPermissions && !permissionsFit(key, sealedPermissions, permissions)) {
    throw malformed('The permissions of the encryption are damaged')
  }
  if (key) return new StandardDecryptor(parameters, key)
  if (password === undefined) throw new PdfError('encrypted', 'The file is encrypted and needs a password')
  throw new PdfError('wrong-password', 'The password is not one of the file')
}

class StandardDecryptor implements Decryptor {
  readonly #parameters: EncryptionParameters
  readonly #key: Uint8Array

  constructor(parameters: EncryptionParameters, key: Uint8Array) {
    this.#parameters = parameters
    this.#key = key
  }

  decrypt(object: PdfObject, num: number, gen: number): PdfObject {
    if (object instanceof PdfString) {
      const { strings } = this.#parameters
      const bytes = this.#open(object.bytes, strings, num, gen)
      return new PdfString(bytes, object.hex, object.start, object.end)
    }
    if (isArray(object)) return object.map((item) => this.decrypt(item, num, gen))
    if (object instanceof PdfDict) return this.#dict(object, num, gen)
    if (object instanceof PdfStream) return this.#stream(object, num, gen)
    return object
  }

  /** The contents of a signature are never encrypted (7.6.2). */
  #dict(dict: PdfDict, num: number, gen: number): PdfDict {
    const isSignature = dict.has('ByteRange')
    const entries = new Map<string, PdfObject>()
    for (const [key, value] of dict.entries) {
      entries.set(key, isSignature && key === 'Contents' ? value : this.decrypt(value, num, gen))
    }
    return new PdfDict(entries)
  }

  #stream(stream: PdfStream, num: number, gen: number): PdfStream {
    const dict = this.#dict(stream.dict, num, gen)
    if (!this.#isEncrypted(dict)) return new PdfStream(dict, stream.raw)
    let opened: Uint8Array | undefined
    return new PdfStream(dict, () => {
      opened ??= this.#open(stream.raw, this.#parameters.streams, num, gen)
      return opened
    })
  }

  #isEncrypted(dict: PdfDict): boolean {
    const type = dict.get('Type')
    const name = type instanceof PdfName ? type.value : ''
    if (name === 'XRef' || (name === 'Metadata' && !this.#parameters.encryptsMetadata)) return false
    const filter = dict.get('Filter')
    const first = isArray(filter) ? filter[0] : filter
    if (!(first instanceof PdfName) || first.value !== 'Crypt') return true
    const parameters = dict.get('DecodeParms')
    const own = isArray(parameters) ? parameters[0] : parameters
    const used = own instanceof PdfDict ? own.get('Name') : undefined
    if (used instanceof PdfName && used.value !== 'Identity') {
      throw new PdfError('unsupported', 'A stream is encrypted in a way of its own')
    }
    return false
  }

  #open(data: Uint8Array, method: Method, num: number, gen: number): Uint8Array {
    if (method === 'none') return data
    if (method === 'rc4') return rc4(this.#objectKey(num, gen, false), data)
    if (data.length === 0) return data
    if (data.length < 32 || data.length % 16 !== 0) throw malformed('Encrypted data has an impossible length')
    const key = method === 'aes-256' ? this.#key : this.#objectKey(num, gen, true)
    try {
      return cbc(key, data.slice(0, 16)).decrypt(data.slice(16))
    } catch {
      throw malformed('Encrypted data is damaged')
    }
  }

  /** Algorithm 1. */
  #objectKey(num: number, gen: number, isAes: boolean): Uint8Array {
    const own = Uint8Array.of(num, num >> 8, num >> 16, gen, gen >> 8)
    const parts = isAes ? [this.#key, own, SALT] : [this.#key, own]
    return md5(joinBytes(parts)).subarray(0, Math.min(16, this.#key.length + 5))
  }
}
