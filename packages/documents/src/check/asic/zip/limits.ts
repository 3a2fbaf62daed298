export interface ZipLimits {
  readonly entries: number
  /** Unpacked bytes of all entries together. */
  readonly unpacked: number
  /** Bytes of a name. */
  readonly name: number
}

export const defaultZipLimits: ZipLimits = { entries: 2000, unpacked: 512 * 2 ** 20, name: 512 }
