import { isArray, PdfDict, type PdfFile, PdfName, type PdfObject, PdfRef, PdfStream } from '../pdf/index.ts'

export interface Reach {
  /** Numbers of objects that the trailer leads to. */
  readonly reached: ReadonlySet<number>
  /** Numbers that are pointed at, with nothing there. */
  readonly dangling: ReadonlySet<number>
  /** Numbers that are pointed at from elsewhere than an annotation's appearances. */
  readonly outside: ReadonlySet<number>
}

/** What the trailer of this view leads to. */
export function reachOf(file: PdfFile): Reach {
  const reached = new Set<number>()
  const dangling = new Set<number>()
  const outside = new Set<number>()
  const stack: Step[] = [{ object: file.trailer, isAppearance: false }]
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    const { object, isAppearance } = step
    if (object instanceof PdfRef) {
      if (!isAppearance) outside.add(object.num)
      if (reached.has(object.num)) continue
      reached.add(object.num)
      file.budget.work(1)
      const located = file.locate(object.num)
      if (located === undefined || located.entry === 'free') dangling.add(object.num)
      else stack.push({ object: file.get(object), isAppearance })
    } else if (isArray(object)) for (const item of object) push(stack, item, isAppearance)
    else if (object instanceof PdfDict) pushEntries(stack, object, isAppearance)
    else if (object instanceof PdfStream) pushEntries(stack, object.dict, false)
  }
  return { reached, dangling, outside }
}

interface Step {
  readonly object: PdfObject
  /** Reached as, or through, the AP of an annotation. */
  readonly isAppearance: boolean
}

function push(stack: Step[], object: PdfObject, isAppearance: boolean): void {
  if (typeof object === 'object' && object !== null) stack.push({ object, isAppearance })
}

function pushEntries(stack: Step[], dict: PdfDict, isAppearance: boolean): void {
  for (const [key, value] of dict.entries) push(stack, value, isAppearance || key === 'AP')
}

/** The numbers in the AP entry of an annotation: of the dictionary, and of the streams in it. */
export function appearanceNumbers(file: PdfFile, appearances: PdfObject | undefined): ReadonlySet<number> {
  const numbers = new Set<number>()
  let level: readonly PdfObject[] = appearances === undefined ? [] : [appearances]
  // AP, its states, and what each looks like (12.5.5).
  for (let depth = 0; depth < 3; depth++) level = level.flatMap((object) => below(file, object, numbers))
  for (const object of level) if (object instanceof PdfRef) numbers.add(object.num)
  return numbers
}

/** What lies in a dictionary, each indirect one once. */
function below(file: PdfFile, object: PdfObject, numbers: Set<number>): PdfObject[] {
  file.budget.work(1)
  if (object instanceof PdfRef) {
    if (numbers.has(object.num)) return []
    numbers.add(object.num)
  }
  const dict = file.resolve(object)
  return dict instanceof PdfDict ? [...dict.entries.values()] : []
}

/** What a signed revision leaves lying ready for a later one to turn into something else. */
export interface PreparedShadows {
  /** References to nothing: a later revision decides what they show. */
  readonly dangling: readonly number[]
  /** Objects that nothing leads to: a later revision needs only to point at them. */
  readonly unused: readonly number[]
}

/** Names them; by themselves they are no fault, many writers leave some. */
export function preparedShadows(file: PdfFile): PreparedShadows {
  const { reached, dangling } = reachOf(file)
  const unused = file.objectNumbers().filter((num) => !reached.has(num) && !isHousekeeping(file, num))
  return { dangling: [...dangling].sort((a, b) => a - b), unused }
}

/** Cross-reference and object streams, and the head of a linearised file: parts of the file, not of the document. */
export function isHousekeeping(file: PdfFile, num: number): boolean {
  const located = file.locate(num)
  if (located === undefined || located.entry === 'free') return true
  const gen = 'gen' in located.entry ? located.entry.gen : 0
  const object = file.get(new PdfRef(num, gen))
  if (object === null) return true
  if (object instanceof PdfDict) return object.has('Linearized')
  if (!(object instanceof PdfStream)) return false
  const type = object.dict.get('Type')
  const isLinearHint =
    num !== 0 && file.warnings.includes('linearised') && object.dict.has('S') && type === undefined
  return isLinearHint || (type instanceof PdfName && (type.value === 'XRef' || type.value === 'ObjStm'))
}
