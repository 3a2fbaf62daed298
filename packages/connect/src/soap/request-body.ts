import { inPath } from '../remote/answer-path.ts'
import type { RemoteParameter } from '../remote/remote-service.ts'
import type { Content, ElementShape } from './element-shape.ts'
import { isOfType, type SimpleType } from './simple-type.ts'

const DEEPEST = 12
const MOST = 5000

/** The single values that a request takes, by their paths; those of attributes are left to the service's defaults. */
export function describedParameters(shapes: readonly ElementShape[]): ReadonlyMap<string, RemoteParameter> {
  const found = new Map<string, RemoteParameter>()
  let left = MOST
  const walk = (
    children: readonly ElementShape[],
    path: string,
    required: boolean,
    around: readonly Content[],
  ): void => {
    for (const shape of children) {
      const content = shape.content()
      left -= 1
      if (left < 0 || around.includes(content) || around.length > DEEPEST) continue
      const at = joined(path, shape.name)
      const isNeeded = required && shape.required
      if (content.simple !== undefined) found.set(at, parameter(isNeeded, content.simple))
      walk(content.children, at, isNeeded, [...around, content])
    }
  }
  walk(shapes, '', true, [])
  return found
}

function parameter(required: boolean, type: SimpleType): RemoteParameter {
  return { required, takes: (value) => value !== '' && isOfType(type, value) }
}

/** The elements of a request with these values, in the order that the shapes have; one that is optional only around a value. */
export function writeElements(
  shapes: readonly ElementShape[],
  values: ReadonlyMap<string, string>,
  path = '',
): string {
  const paths = [...values.keys()]
  return shapes
    .map((shape) => {
      const at = joined(path, shape.name)
      const isGiven = paths.some((one) => one === at || one.startsWith(`${at}/`))
      if (!isGiven && !shape.required) return ''
      const { simple, children } = isGiven || path.split('/').length < DEEPEST ? shape.content() : empty
      const inside =
        simple === undefined ? writeElements(children, values, at) : escaped(values.get(at) ?? '')
      return element(shape, inside)
    })
    .join('')
}

/** An element whose namespace is its own default, so that no prefix has to be kept apart. */
export function element({ name, space }: Pick<ElementShape, 'name' | 'space'>, inside: string): string {
  return `<${name} xmlns="${escaped(space)}">${inside}</${name}>`
}

function joined(path: string, name: string): string {
  return path === '' ? inPath(name) : `${path}/${inPath(name)}`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"\r]/g, (letter) => ESCAPES[letter] ?? '')
}

const empty: Content = { children: [], attributes: new Map() }
