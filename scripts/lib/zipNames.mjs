/** The names in a zip's directory. The package yauzl may be missing until npm has installed it, so that it is loaded only here. */
export async function zipNames(file) {
  const { openPromise } = await import('yauzl');
  const zip = await openPromise(file);
  const names = [];
  for await (const { fileName } of zip.eachEntry()) names.push(fileName);
  return names;
}
