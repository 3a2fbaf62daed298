import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checkTexts } from '../texts/check.ts'

describe('texts in both languages', () => {
  it('one that lacks a language, is in the wrong letters, or says "1 days", is found', () => {
    const { faults, texts } = checkTexts(fileURLToPath(new URL('../fixtures/texts/', import.meta.url)))
    expect(texts).toBe(10)
    expect(faults).toEqual([
      { place: 'packages/broken/src/words.ts:4', text: 'no English beside "ไม่มีอังกฤษ"' },
      { place: 'packages/broken/src/words.ts:5', text: 'no Thai beside "No Thai"' },
      { place: 'packages/broken/src/words.ts:6', text: 'Thai letters in the English "Mixed ปน"' },
      { place: 'packages/broken/src/words.ts:7', text: 'no Thai letters in the Thai "Not translated"' },
      {
        place: 'packages/broken/src/words.ts:8',
        text: 'a number before "days", which says "1 days" too: counted() of the kernel',
      },
      { place: 'packages/broken/src/words.ts:10', text: 'Thai letters in the English "File … ไทย"' },
      {
        place: 'packages/broken/src/words.ts:11',
        text: 'a number before "people", which says "1 people" too: counted() of the kernel',
      },
    ])
  })
})
