import { malformed, PdfError } from '../error.ts'
import { Budget, type PdfLimits } from '../limits.ts'
import { isArray, PdfDict, PdfName, type PdfObject, type PdfStream } from '../objects.ts'
import { decodeAscii85, decodeAsciiHex } from './ascii.ts'
import { inflate } from './flate.ts'
import { decodeLzw } from './lzw.ts'
import { undoPrediction } from './predictor.ts'
import { decodeRunLength } from './run-length.ts'

export type Resolve = (object: PdfObject | undefined) => PdfObject

/** A chain of more filters than this has no honest use. */
const MOST_FILTERS = 8

/**
 * The bytes of a stream after all its filters (ISO 32000-2, 7.4). Filters of images (DCT, JPX, JBIG2, CCITT) end in
 * `unsupported`. For a stream of a file, `PdfFile.decode` counts what comes out against the file's limits.
 */
export function decodeStream(stream: PdfStream, limits: Partial<PdfLimits> = {}): Uint8Array {
  return decodeWith(stream, new Budget(limits), (object) => object ?? null)
}

/** As `decodeStream`, counting against `budget` and following references. */
export function decodeWith(stream: PdfStream, budget: Budget, resolve: Resolve): Uint8Array {
  const { dict } = stream
  if (dict.has('F')) throw new PdfError('unsupported', 'A stream keeps its bytes in another file')
  const filters = names(resolve(dict.get('Filter')), resolve)
  if (filters.length > MOST_FILTERS) throw new PdfError('too-complex', 'A stream has too many filters')
  const parameters = resolve(dict.get('DecodeParms'))
  let data = stream.raw
  filters.forEach((filter, i) => {
    const own = resolve(isArray(parameters) ? parameters[i] : i === 0 ? parameters : null)
    data = undo(filter, data, own instanceof PdfDict ? own : new PdfDict([]), budget, resolve)
    budget.decoded(data.length)
  })
  return data
}

function names(filter: PdfObject, resolve: Resolve): string[] {
  if (filter === null) return []
  return (isArray(filter) ? filter : [filter]).map((item) => {
    const one = resolve(item)
    if (!(one instanceof PdfName)) throw malformed('A filter has no name')
    return one.value
  })
}

function undo(
  filter: string,
  data: Uint8Array,
  parameters: PdfDict,
  budget: Budget,
  resolve: Resolve,
): Uint8Array {
  const whole = (key: string, usual: number): number => {
    const value = resolve(parameters.get(key))
    return typeof value === 'number' ? value : usual
  }
  const predict = (unpacked: Uint8Array) =>
    undoPrediction(unpacked, {
      predictor: whole('Predictor', 1),
      colors: whole('Colors', 1),
      bits: whole('BitsPerComponent', 8),
      columns: whole('Columns', 1),
    })
  switch (filter) {
    case 'FlateDecode':
      return predict(inflate(data, budget.decodable))
    case 'LZWDecode':
      return predict(decodeLzw(data, budget.decodable, whole('EarlyChange', 1)))
    case 'ASCIIHexDecode':
      return decodeAsciiHex(data)
    case 'ASCII85Decode':
      return decodeAscii85(data)
    case 'RunLengthDecode':
      return decodeRunLength(data, budget.decodable)
    case 'Crypt':
      return data
  }
  throw new PdfError('unsupported', 'A stream has a filter that is not read')
}
