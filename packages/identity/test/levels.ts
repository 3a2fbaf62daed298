import { Levels } from '../src/levels/level.ts'

const term = (code: string) => ({ code, name: { th: code, en: code }, about: { th: code, en: code } })

export const testLevels = new Levels({
  acrPrefix: 'urn:th:digital-id',
  ial: ['1.1', '1.2', '1.3', '2.1', '2.2', '2.3', '3'].map(term),
  aal: ['1', '2.1', '2.2', '3'].map(term),
})
