/** Whole numbers exactly; of others the fifteen digits that spreadsheets keep, without an exponent, so that 0.1 + 0.2 is 0.3. */
export function numberInFull(value: number): string {
  if (Number.isSafeInteger(value)) return String(value)
  if (Number.isInteger(value)) return BigInt(value).toString()
  const [mantissa = '', exponent = ''] = value.toExponential(14).split('e')
  const digits = mantissa.replaceAll(/[-.]/g, '')
  const point = Number(exponent) + 1
  const text =
    point <= 0 ? `0.${'0'.repeat(-point)}${digits}` : `${digits.slice(0, point)}.${digits.slice(point)}`
  return `${value < 0 ? '-' : ''}${text.replace(/\.?0+$/, '')}`
}
