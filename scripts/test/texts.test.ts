import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checkTexts } from '../texts/check.ts'

describe('texts in both languages', () => {
  it('one that lacks a language, or is in the wrong letters, is found', () => {
    const { faults, texts } = checkTexts(fileURLToPath(new URL('../fixtures/texts/', import.meta.url)))
    expect(texts).toBe(7)
    expect(faults).toEqual([
      { place: 'packages/broken/src/words.ts:4', text: 'no English beside "ไม่มีอังกฤษ"' },
      { place: 'packages/broken/src/words.ts:5', text: 'no Thai beside "No Thai"' },
      { place: 'packages/broken/src/words.ts:6', text: 'Thai letters in the English "Mixed ปน"' },
      { place: 'packages/broken/src/words.ts:7', text: 'no Thai letters in the Thai "Not translated"' },
      { place: 'packages/broken/src/words.ts:8', text: 'Thai letters in the English "File … ไทย"' },
    ])
  })
})
