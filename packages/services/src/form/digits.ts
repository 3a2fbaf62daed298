/** Thai digits, and wide ones of other keyboards, as 0 to 9. */
export function asciiDigits(text: string): string {
  return text.normalize('NFKC').replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - '๐'.charCodeAt(0)))
}
