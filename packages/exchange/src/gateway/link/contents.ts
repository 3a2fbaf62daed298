import { LinkFault, longestHead } from './frame.ts'

/** The head of a request or answer, and the beginning of its body behind it. Throws `LinkFault`. */
export function headOf(content: Buffer): { readonly head: Buffer; readonly rest: Buffer } {
  const length = content.length < 4 ? -1 : content.readUInt32BE(0)
  if (length < 0 || length > longestHead || length > content.length - 4)
    throw new LinkFault('a head that is not there')
  return { head: content.subarray(4, 4 + length), rest: content.subarray(4 + length) }
}

/** How much was taken of a body. Throws `LinkFault`. */
export function creditOf(content: Buffer): number {
  if (content.length !== 4) throw new LinkFault('a credit that is none')
  return content.readUInt32BE(0)
}
