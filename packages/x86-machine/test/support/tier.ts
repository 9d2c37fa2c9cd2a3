// Which tier the suite runs on: the interpreter, or translated code from a block's TRANSLATE_AFTERth entry on.
export const translateAfter: number = Number(process.env.TRANSLATE_AFTER ?? Number.POSITIVE_INFINITY);
