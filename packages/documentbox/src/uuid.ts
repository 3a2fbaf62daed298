const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** Whether a text from outside can be a key here; the database would fail on others. */
export function isUuid(text: string): boolean {
  return uuid.test(text)
}
