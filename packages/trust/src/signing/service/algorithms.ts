import * as oids from '../../der/oids.ts'
import { type DerElement, DerError, DerSequence, readDer } from '../../der/read.ts'
import {
  algorithmRules,
  type DigestName,
  digestLength,
  digestOfOid,
  digestOid,
  type KeyAlgorithm,
  keyAlgorithms,
  mostSaltLength,
} from '../algorithm.ts'
import type { DigestKey } from '../digest-key.ts'
import { invalid, missing, refusals } from './errors.ts'
import { type Input, strictBase64 } from './input.ts'

/** The object identifiers under which a key's algorithms are asked for (`key/algo` of credentials/info). */
export function algorithmOids(algorithms: readonly KeyAlgorithm[]): string[] {
  const own = algorithms.map((each) => algorithmRules(each).oid)
  const bare = algorithms.some((each) => algorithmRules(each).scheme === 'pkcs1') ? [oids.rsaEncryption] : []
  return [...new Set([...bare, ...own])]
}

/**
 * The algorithm that a request to sign names: `signAlgo`, with the digest from it, from `signAlgoParams` (PSS), or from
 * the request (`hashAlgo` in v1, `hashAlgorithmOID` in v2).
 */
export function readSignAlgorithm(input: Input, key: DigestKey, hashParameter: string): SignAlgorithm {
  const name = input.string('signAlgo', 128)
  const parameters = input.optionalString('signAlgoParams', 1024)
  const asked = readDigestName(input, hashParameter)
  const found = find(name, parameters, asked, hashParameter)
  const { algorithm, saltLength } = found
  if (!algorithm || !key.algorithms.includes(algorithm)) throw invalid('signAlgo')
  const { digest } = algorithmRules(algorithm)
  if (asked !== undefined && asked !== digest) throw invalid(hashParameter)
  if (saltLength === undefined) return { algorithm, saltLength }
  if (saltLength < digestLength(digest) || saltLength > mostSaltLength(key.publicKey, digest)) {
    throw invalid('signAlgoParams')
  }
  return { algorithm, saltLength }
}

export interface SignAlgorithm {
  readonly algorithm: KeyAlgorithm
  /** Of PSS, in bytes; undefined for as many as the digest has. */
  readonly saltLength: number | undefined
}

type Found = { readonly algorithm: KeyAlgorithm | undefined; readonly saltLength?: number | undefined }

function find(
  name: string,
  parameters: string | undefined,
  asked: DigestName | undefined,
  hashParameter: string,
): Found {
  if (name === oids.rsaEncryption) {
    if (!asked) throw missing('string', hashParameter)
    return { algorithm: keyAlgorithms.find((each) => isScheme(each, 'pkcs1', asked)) }
  }
  if (name === oids.rsaPss) {
    const read = parameters === undefined ? undefined : readPssParameters(parameters)
    const digest = read?.digest ?? asked
    if (!digest) throw missing('string', 'signAlgoParams')
    const algorithm = keyAlgorithms.find((each) => isScheme(each, 'pss', digest))
    return { algorithm, saltLength: read?.saltLength }
  }
  return { algorithm: keyAlgorithms.find((each) => algorithmRules(each).oid === name) }
}

function isScheme(algorithm: KeyAlgorithm, scheme: string, digest: DigestName): boolean {
  const rules = algorithmRules(algorithm)
  return rules.scheme === scheme && rules.digest === digest
}

/** The digest that a request names by its object identifier; undefined when it names none. */
export function readDigestName(input: Input, name: string): DigestName | undefined {
  const identifier = input.optionalString(name, 128)
  if (identifier === undefined) return undefined
  const digest = digestOfOid(identifier)
  if (!digest) throw invalid(name)
  return digest
}

export function checkLengths(hashes: readonly Buffer[], digest: DigestName): void {
  if (hashes.some(({ length }) => length !== digestLength(digest))) throw refusals.digestLength()
}

interface PssParameters {
  readonly digest: DigestName
  readonly saltLength: number
}

/** RSASSA-PSS-params (RFC 4055 §3.1), with one digest throughout. */
function readPssParameters(text: string): PssParameters {
  const bytes = strictBase64(text)
  try {
    const found = bytes && pssParametersOf(readDer(bytes))
    if (found) return found
  } catch (error) {
    if (!(error instanceof DerError)) throw error
  }
  throw invalid('signAlgoParams')
}

function pssParametersOf(element: DerElement): PssParameters | undefined {
  const parts = new DerSequence(element)
  const hash = parts.optional(0xa0)?.only()
  const mask = parts.optional(0xa1)?.only()
  const saltLength = Number(parts.optional(0xa2)?.only().integer() ?? 20n)
  const trailer = parts.optional(0xa3)?.only().integer() ?? 1n
  parts.end()
  if (!hash || !mask || trailer !== 1n) return undefined
  const digest = digestOfOid(firstOid(hash))
  const maskParts = new DerSequence(mask)
  const isMgf1 = maskParts.next().oid() === oids.mgf1
  const isOne = digest !== undefined && firstOid(maskParts.next()) === digestOid(digest)
  return isMgf1 && isOne ? { digest, saltLength } : undefined
}

const firstOid = (algorithm: DerElement): string => new DerSequence(algorithm).next().oid()
