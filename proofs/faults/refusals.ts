/** What whoever calls is told while something behind is broken. */
import type { Answer } from '../access/http-caller.ts'

/** Rule: quality.md R5 and R11: a 503 that says when to try again, in words, with a code. */
export const isClearRefusal = ({ status, code, text }: Answer): boolean =>
  status === 503 && /^[a-z-]+\/[a-z-]+$/.test(code) && /\["retry-after","\d+"\]/.test(text)
