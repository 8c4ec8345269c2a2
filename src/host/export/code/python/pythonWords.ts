/** Words that Python keeps for itself, and names of its own that code goes on using. */
export const pythonWords: readonly string[] = (
  'False None True and as assert async await break class continue def del elif else except finally for from global if ' +
  'import in is lambda nonlocal not or pass raise return try while with yield match case type ' +
  'float input len list open print range sum tuple zip sys np Path Image ImageOps x path weights model picture'
).split(' ');
