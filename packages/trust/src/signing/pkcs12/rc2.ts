/**
 * RC2 (RFC 2268), to decrypt only. Broken, and absent from OpenSSL's default provider; but PKCS#12 files of older systems
 * have their certificates, which are no secret, under its 40 bits.
 */
const piTable = Buffer.from(
  'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2' +
    '179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82' +
    '54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626' +
    '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7' +
    '08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec' +
    'c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9' +
    '0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad',
  'hex',
)

/** Words of the expanded key (§2). */
function expand(key: Uint8Array, effectiveBits: number): Uint16Array {
  const bytes = new Uint8Array(128)
  bytes.set(key)
  for (let at = key.length; at < 128; at++) {
    bytes[at] = pi((bytes[at - 1] ?? 0) + (bytes[at - key.length] ?? 0))
  }
  const length = Math.ceil(effectiveBits / 8)
  const mask = 0xff >> (8 * length - effectiveBits)
  bytes[128 - length] = pi((bytes[128 - length] ?? 0) & mask)
  for (let at = 127 - length; at >= 0; at--) bytes[at] = pi((bytes[at + 1] ?? 0) ^ (bytes[at + length] ?? 0))
  return Uint16Array.from({ length: 64 }, (_, at) => (bytes[2 * at] ?? 0) | ((bytes[2 * at + 1] ?? 0) << 8))
}

const pi = (byte: number): number => piTable[byte & 0xff] ?? 0

const rotations = [1, 2, 3, 5] as const

/** One block of eight bytes (§4). */
function decryptBlock(words: Uint16Array, block: Uint8Array): Buffer {
  const input = Buffer.from(block)
  const r = [0, 2, 4, 6].map((at) => input.readUInt16LE(at))
  const word = (at: number): number => r[(at + 4) % 4] ?? 0
  let next = 63
  const mix = () => {
    for (let at = 3; at >= 0; at--) {
      const turn = rotations[at] ?? 0
      const value = word(at)
      const back = ((value >>> turn) | (value << (16 - turn))) & 0xffff
      const mixed = (word(at - 1) & word(at - 2)) + (~word(at - 1) & word(at - 3))
      r[at] = (back - (words[next--] ?? 0) - mixed) & 0xffff
    }
  }
  const mash = () => {
    for (let at = 3; at >= 0; at--) r[at] = (word(at) - (words[word(at - 1) & 63] ?? 0)) & 0xffff
  }
  for (const rounds of [5, 6, 5]) {
    for (let round = 0; round < rounds; round++) mix()
    if (next >= 0) mash()
  }
  const output = Buffer.alloc(8)
  r.forEach((value, at) => {
    output.writeUInt16LE(value, at * 2)
  })
  return output
}

/** CBC, without taking the padding off. The length is a multiple of eight. */
export function decryptRc2(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Buffer {
  const words = expand(key, key.length * 8)
  const parts: Buffer[] = []
  let before = Buffer.from(iv)
  for (let at = 0; at < data.length; at += 8) {
    const block = Buffer.from(data.subarray(at, at + 8))
    const plain = decryptBlock(words, block)
    const chain = before
    parts.push(Buffer.from(plain.map((byte, index) => byte ^ (chain[index] ?? 0))))
    before = block
  }
  return Buffer.concat(parts)
}
