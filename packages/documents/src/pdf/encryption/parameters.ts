import { malformed, PdfError } from '../error.ts'
import type { PdfFile } from '../file.ts'
import type { PdfDict, PdfObject } from '../objects.ts'

/** How strings or streams are encrypted (ISO 32000-2, table 25). */
export type Method = 'none' | 'rc4' | 'aes-128' | 'aes-256'

/** The encryption dictionary of the standard security handler (ISO 32000-2, 7.6.4). */
export interface EncryptionParameters {
  readonly revision: 2 | 3 | 4 | 5 | 6
  /** Bytes of the file key. */
  readonly keyLength: number
  readonly owner: Uint8Array
  readonly user: Uint8Array
  readonly ownerKey: Uint8Array
  readonly userKey: Uint8Array
  readonly permissions: number
  /** Perms, of revision 6. */
  readonly sealedPermissions: Uint8Array | undefined
  readonly encryptsMetadata: boolean
  /** The first part of the file's ID. */
  readonly id: Uint8Array
  readonly strings: Method
  readonly streams: Method
}

const METHODS: Readonly<Record<string, Method>> = {
  None: 'none',
  V2: 'rc4',
  AESV2: 'aes-128',
  AESV3: 'aes-256',
}

export function readParameters(file: PdfFile, dict: PdfDict): EncryptionParameters {
  if (file.name(dict.get('Filter')) !== 'Standard') {
    throw new PdfError('unsupported', 'The file is encrypted by a security handler that is not read')
  }
  const version = file.number(dict.get('V')) ?? 0
  const revision = file.number(dict.get('R'))
  const known = revision === 2 || revision === 3 || revision === 4 || revision === 5 || revision === 6
  if (!known || ![1, 2, 4, 5].includes(version) || (version === 5) !== revision >= 5) {
    throw new PdfError('unsupported', 'The file is encrypted in a way that is not read')
  }
  const bits = file.number(dict.get('Length')) ?? 40
  const keyLength = version === 5 ? 32 : version === 4 ? 16 : version === 1 ? 5 : bits / 8
  if (!Number.isInteger(keyLength) || keyLength < 5 || keyLength > 32)
    throw malformed('The key has an impossible length')
  const least = version === 5 ? 48 : 32
  return {
    revision,
    keyLength,
    owner: bytes(file, dict, 'O', least),
    user: bytes(file, dict, 'U', least),
    ownerKey: version === 5 ? bytes(file, dict, 'OE', 32) : new Uint8Array(0),
    userKey: version === 5 ? bytes(file, dict, 'UE', 32) : new Uint8Array(0),
    permissions: file.number(dict.get('P')) ?? 0,
    sealedPermissions: revision === 6 ? bytes(file, dict, 'Perms', 16) : undefined,
    encryptsMetadata: file.resolve(dict.get('EncryptMetadata')) !== false,
    id: file.string(file.array(file.trailer.get('ID'))?.[0]) ?? new Uint8Array(0),
    strings: version >= 4 ? method(file, dict, dict.get('StrF')) : 'rc4',
    streams: version >= 4 ? method(file, dict, dict.get('StmF')) : 'rc4',
  }
}

function bytes(file: PdfFile, dict: PdfDict, key: string, length: number): Uint8Array {
  const value = file.string(dict.get(key))
  if (!value || value.length < length) throw malformed('The encryption dictionary is incomplete')
  return value.subarray(0, length)
}

function method(file: PdfFile, dict: PdfDict, filter: PdfObject | undefined): Method {
  const name = file.name(filter) ?? 'Identity'
  if (name === 'Identity') return 'none'
  const own = file.dict(file.dict(dict.get('CF'))?.get(name))
  const found = METHODS[file.name(own?.get('CFM')) ?? 'None']
  if (!own || !found) throw new PdfError('unsupported', 'The file is encrypted in a way that is not read')
  return found
}
