/** `1,234.50`, of whole satang. */
export function amountOf(satang: number): string {
  const whole = Math.trunc(Math.abs(satang) / 100)
  const rest = String(Math.abs(satang) % 100).padStart(2, '0')
  return `${satang < 0 ? '-' : ''}${whole.toLocaleString('en-US')}.${rest}`
}
