/** The wheels of tensorflow-cpu for Linux x64, by Python's version: the release this was proved with, or the last before. */
const pinned = {
  3.9: ['2.20.0', '90cf8009bdf60297c23e098b574e053faa5d7872857df110fe13fc58cfa8b5db'],
  '3.10': ['2.21.0', 'd143e92f5c0661cdfa26eaca8f73cd2efd0ec53a68af8dec82f584ba8eb14b83'],
  3.11: ['2.21.0', '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c'],
  3.12: ['2.21.0', 'dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb'],
  3.13: ['2.21.0', '05af7c26d35f4de910b5598c7b507e3981831a7b0f47fed9a405d995d51d7793'],
};

/**
 * The line that asks pip for a machine's wheel, in the format of a requirements file: with its
 * sha256 where it is pinned, else the latest, which pip checks against the index.
 */
export function wheelRequirement({ platform, arch }, pythonVersion) {
  if (platform === 'linux' && arch === 'x64') {
    const pin = pinned[pythonVersion];
    return pin ? `tensorflow-cpu==${pin[0]} --hash=sha256:${pin[1]}` : 'tensorflow-cpu';
  }
  if (platform === 'linux' && arch === 'arm64') return 'tensorflow';
  if (platform === 'darwin') return 'tensorflow';
  return undefined;
}
