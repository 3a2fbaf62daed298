/** Whether brackets lie deeper in each other than that: too many would exhaust the reader of YAML. */
export function tooDeep(text: string, deepest: number): boolean {
  let depth = 0
  for (const letter of text) {
    if (letter === '[' || letter === '{') depth += 1
    else if (letter === ']' || letter === '}') depth -= 1
    if (depth > deepest) return true
  }
  return false
}
