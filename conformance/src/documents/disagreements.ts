/** Why our checker and pyHanko say different things about some files; the table of the README. */
export interface Disagreement {
  /** Which files: `family/name`, as a regular expression. */
  readonly files: RegExp
  readonly ours: string
  readonly theirs: string
  readonly why: string
}

export const disagreements: readonly Disagreement[] = []

/** Whether a disagreement about that file has its reason in the table. */
export const explained = (name: string): boolean => disagreements.some(({ files }) => files.test(name))
