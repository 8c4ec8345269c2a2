/** Rules of the linter that no package has. */
export default {
  meta: { name: 'house' },
  rules: {
    'no-enum': {
      // Files without the word are not walked.
      create: (context) =>
        context.sourceCode.text.includes('enum')
          ? {
              TSEnumDeclaration: (node) => context.report({ node, message: 'Use a string union.' }),
            }
          : {},
    },
  },
};
