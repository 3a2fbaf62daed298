/**
 * CRC-16 as EMVCo's codes have it (ISO/IEC 13239: polynomial 1021, begun with FFFF, nothing reflected), in four
 * upper-case hex digits. `123456789` gives `29B1`.
 */
export function crc16(text: string): string {
  let crc = 0xffff
  for (const byte of Buffer.from(text)) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1
    crc &= 0xffff
  }
  return crc.toString(16).toUpperCase().padStart(4, '0')
}
