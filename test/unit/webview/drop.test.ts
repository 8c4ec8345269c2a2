import assert from 'node:assert/strict';
import { maxPictureBytes } from '../../../src/protocol/givenPictures';
import { addressesIn, mayHoldPictures, refusal } from '../../../src/webview/drop/droppedThings';

const holding = (values: Readonly<Record<string, string>>): Pick<DataTransfer, 'getData'> => ({
  getData: (type) => values[type] ?? '',
});

describe('what is dropped on the panel', () => {
  it('may be pictures where it is files or addresses of files, and nothing else', () => {
    for (const type of ['Files', 'ResourceURLs', 'text/uri-list', 'application/vnd.code.uri-list'])
      assert.ok(mayHoldPictures(['text/plain', type]), type);
    assert.ok(!mayHoldPictures(['text/plain', 'text/html']));
    assert.ok(!mayHoldPictures([]));
  });

  it('has addresses as VS Code and file managers write them, each once', () => {
    const cat = 'file:///home/me/cat%20a.jpg';
    const remote = 'vscode-remote://ssh/home/me/dog.png';
    for (const [type, list] of [
      ['application/vnd.code.uri-list', `${cat}\r\n${remote}\r\n${cat}`],
      ['text/uri-list', `# two\n${cat}\n${remote}\n`],
      ['resourceurls', JSON.stringify([cat, remote])],
    ] as const)
      assert.deepEqual(addressesIn(holding({ [type]: list })), [cat, remote], type);
  });

  it('has none that lie in the web, name a drive or are no text of VS Code', () => {
    for (const list of [
      'https://example.org/cat.jpg',
      'data:image/png;base64,AA==',
      'C:\\cat.jpg',
      'words',
    ])
      assert.deepEqual(addressesIn(holding({ 'text/uri-list': list })), [], list);
    for (const list of ['[broken', '[1, null]', '{}'])
      assert.deepEqual(addressesIn(holding({ resourceurls: list })), [], list);
  });

  it('is refused by its size before it is read, alone or together', () => {
    const file = (name: string, size: number): Pick<File, 'name' | 'size'> => ({ name, size });
    assert.equal(refusal([file('a.png', maxPictureBytes)]), undefined);
    assert.equal(
      refusal([file('a.png', 1), file('b.png', 300 * 2 ** 20)]),
      'b.png has 300 MB; pictures of up to 256 MB are read',
    );
    assert.match(
      refusal([file('a.png', 200 * 2 ** 20), file('b.png', 100 * 2 ** 20)]) ?? '',
      /^these 2 pictures have 300 MB together; up to 256 MB are taken at once/,
    );
  });
});
