/** First path elements of Go's standard library, 1.26, with names that programs cannot import left in (`cmd`). */
const roots = new Set(
  'archive bufio builtin bytes cmd cmp compress container context crypto database debug embed encoding errors expvar flag fmt go hash html image index internal io iter log maps math mime net os path plugin reflect regexp runtime simd slices sort strconv strings structs sync syscall testing text time unicode unique unsafe weak'.split(
    ' ',
  ),
);

/** Whether an import path belongs to the standard library, by its first element. */
export function isStandard(path: string): boolean {
  return roots.has(path.split('/')[0]!);
}
