import { strict as assert } from 'node:assert';
import { mkdir, mkdtemp, open, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenFile } from '../../../../src/files/save/partFolder';
import { PartFolder } from '../../../../src/files/save/partFolder';

/** A disk with room for so many bytes, and a write at a time of at most 7. */
function smallDisk(room: number): OpenFile {
  let left = room;
  return async (path) => {
    const file = await open(path, 'wx');
    const write = (bytes: Uint8Array): Promise<{ bytesWritten: number; buffer: Uint8Array }> => {
      const part = bytes.subarray(0, 7);
      if ((left -= part.length) < 0) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      return file.write(part);
    };
    return { write, sync: () => file.sync(), close: () => file.close() } as Awaited<
      ReturnType<OpenFile>
    >;
  };
}

describe('files take their place together or not at all', () => {
  const never = new AbortController().signal;
  let place: string;
  const part = (): string => join(place, '.part');
  const here = async (): Promise<string[]> => (await readdir(place)).sort();

  beforeEach(async () => (place = await mkdtemp(join(tmpdir(), 'alexnet-part-'))));
  afterEach(() => rm(place, { recursive: true }));

  it('several files arrive whole, over what was there, and what they replace goes', async () => {
    await writeFile(join(place, 'model.json'), 'old');
    await writeFile(join(place, 'old-shard'), 'old');
    const folder = await PartFolder.create(part(), never, smallDisk(100));
    const shard = await folder.add('shard');
    await shard.write(Buffer.from('0123456789'));
    await shard.write(Buffer.from('ab'));
    assert.equal(shard.size, 12);
    const model = await folder.add('model.json');
    await model.write(Buffer.from('new'));
    folder.replaces(['old-shard', 'never-there']);
    assert.equal(await readFile(join(place, 'model.json'), 'utf8'), 'old');
    await folder.moveTo(place);
    await folder.remove();
    assert.deepEqual(await here(), ['model.json', 'shard']);
    assert.equal(await readFile(join(place, 'model.json'), 'utf8'), 'new');
    assert.equal(await readFile(join(place, 'shard'), 'utf8'), '0123456789ab');
  });

  it('a full disk leaves what was there', async () => {
    await writeFile(join(place, 'file'), 'old');
    const folder = await PartFolder.create(part(), never, smallDisk(20));
    const file = await folder.add('file');
    await assert.rejects(file.write(Buffer.alloc(30)), { code: 'ENOSPC' });
    await folder.remove();
    assert.deepEqual(await here(), ['file']);
    assert.equal(await readFile(join(place, 'file'), 'utf8'), 'old');
  });

  it('a cancellation stops a write, and a file that is complete', async () => {
    for (const when of ['write', 'move']) {
      const controller = new AbortController();
      const folder = await PartFolder.create(part(), controller.signal);
      const file = await folder.add('file');
      if (when === 'move') await file.write(Buffer.from('all of it'));
      controller.abort(new Error('cancelled'));
      const next = when === 'move' ? folder.moveTo(place) : file.write(Buffer.from('a'));
      await assert.rejects(next, /cancelled/);
      await folder.remove();
      assert.deepEqual(await here(), []);
    }
  });

  it('what cannot take its place takes back what did', async () => {
    await mkdir(join(place, 'model.json', 'full'), { recursive: true });
    const folder = await PartFolder.create(part(), never);
    for (const name of ['shard', 'model.json'])
      await (await folder.add(name)).write(Buffer.from(name));
    await assert.rejects(folder.moveTo(place));
    await folder.remove();
    assert.deepEqual(await here(), ['model.json']);
  });

  it('a folder that is there already is not written into', async () => {
    await mkdir(part());
    await assert.rejects(PartFolder.create(part(), never), { code: 'EEXIST' });
    await assert.rejects(PartFolder.create(join(place, 'no', 'folder'), never), { code: 'ENOENT' });
  });
});
