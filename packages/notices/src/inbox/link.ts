/** Whether a text is a path of a face of ours: from its root, in ASCII without spaces, leading to no other host. */
export function isPath(text: string): boolean {
  return /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(text) && text.length <= 500
}
