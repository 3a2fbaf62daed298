/** What is wrong, behind the name of its field. A question keeps its own mark. */
export function problemLine(label: string | undefined, text: string): string {
  if (label === undefined || label === '') return text
  return `${label}${label.endsWith('?') ? '' : ':'} ${text}`
}
