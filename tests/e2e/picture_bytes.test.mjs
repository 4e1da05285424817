// What the page takes out of picture files before it sends them. No browser: bytes in, bytes out.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import vm from 'node:vm';

const root = new URL('../../', import.meta.url);
const context = vm.createContext({ Kumquat: {}, Uint8Array, DataView });
vm.runInContext(await readFile(new URL('web/page/picture_bytes.js', root), 'utf8'), context);
const { pictureBytes } = context.Kumquat;

const sample = async (name) => new Uint8Array(await readFile(new URL(`tests/picture/files/${name}`, root)));
const latin = (text) => Uint8Array.from(text, (c) => c.charCodeAt(0));
const join = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
const holds = (bytes, text) => Buffer.from(bytes).includes(text);

// EXIF with one entry, the turn, and a text that nobody should get.
const exif = (turn) => join(latin('Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0'), [turn], latin('\0\0\0\0\0\0GPS 22.5N'));
const segment = (marker, body) => join([0xFF, marker, (body.length + 2) >> 8, (body.length + 2) & 255], body);
const chunk = (name, body) => join([0, 0, body.length >> 8, body.length & 255], latin(name), body, [0, 0, 0, 0]);
const riff = (name, body) => join(latin(name), [body.length & 255, body.length >> 8, 0, 0], body, body.length & 1 ? [0] : []);

function withExif(jpeg, turn) {
  return join(jpeg.subarray(0, 2), segment(0xE1, exif(turn)), jpeg.subarray(2));
}

test('a picture without anything beside it stays byte for byte as it is', async () => {
  for (const name of ['drawing.png', 'moving.gif', 'lossy.webp', 'lossless.webp']) {
    const clean = pictureBytes.clean(await sample(name));
    assert.equal(clean.bytes, null, name);
    assert.equal(clean.turn, 1, name);
  }
});

test('a JPEG loses where it was taken, and not a byte of its picture', async () => {
  const photo = await sample('photo.jpg');
  const plain = pictureBytes.clean(photo).bytes ?? photo;
  const located = join(photo.subarray(0, 2), segment(0xE1, exif(1)), segment(0xE1, latin('http://ns.adobe.com/xap/1.0/\0<x>GPS</x>')),
    segment(0xED, latin('Photoshop 3.0\0GPS')), segment(0xFE, latin('GPS comment')), photo.subarray(2), latin('GPS film behind the end'));
  const clean = pictureBytes.clean(located);
  assert.deepEqual([...clean.bytes], [...plain]);
  assert.equal(clean.turn, 1);
});

test('a colour profile stays: without it the colours change', async () => {
  const photo = await sample('photo.jpg');
  const profile = segment(0xE2, latin('ICC_PROFILE\0\x01\x01colours'));
  const clean = pictureBytes.clean(join(photo.subarray(0, 2), profile, segment(0xE1, exif(1)), photo.subarray(2)));
  assert.ok(holds(clean.bytes, 'ICC_PROFILE'));
  assert.ok(!holds(clean.bytes, 'GPS'));
});

test('the turn that a camera wrote down is found, in both byte orders', async () => {
  const photo = await sample('photo.jpg');
  for (const turn of [1, 3, 6, 8]) assert.equal(pictureBytes.clean(withExif(photo, turn)).turn, turn);
  assert.equal(pictureBytes.clean(withExif(photo, 200)).turn, 1, 'a turn that does not exist is none');
  const little = join(latin('Exif\0\0II\x2A\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0'));
  assert.equal(pictureBytes.clean(join(photo.subarray(0, 2), segment(0xE1, little), photo.subarray(2))).turn, 6);
});

test('a PNG loses its texts, times and EXIF, and what stands behind its end', async () => {
  const drawing = await sample('drawing.png');
  const end = drawing.length - 12;
  const located = join(drawing.subarray(0, end), chunk('tEXt', latin('Comment\0GPS')), chunk('eXIf', exif(6).subarray(6)),
    drawing.subarray(end), latin('GPS behind'));
  const clean = pictureBytes.clean(located);
  assert.deepEqual([...clean.bytes], [...drawing]);
  assert.equal(clean.turn, 6);
});

test('a WebP loses EXIF and XMP, and its header says so', async () => {
  const extended = await sample('extended.webp');
  const flags = 20;
  const located = join(extended, riff('EXIF', exif(1)), riff('XMP ', latin('GPS')));
  located[flags] |= 0x0C;
  new DataView(located.buffer).setUint32(4, located.length - 8, true);
  const clean = pictureBytes.clean(located);
  assert.ok(!holds(clean.bytes, 'GPS'));
  assert.equal(clean.bytes[flags] & 0x0C, 0);
  assert.equal(new DataView(clean.bytes.buffer).getUint32(4, true), clean.bytes.length - 8);
});

test('no cut and no changed byte of any file is more than it can bear', async () => {
  for (const name of ['photo.jpg', 'drawing.png', 'moving.gif', 'lossy.webp', 'extended.webp']) {
    const whole = name === 'photo.jpg' ? withExif(await sample(name), 6) : await sample(name);
    for (let size = 0; size < whole.length; size++) {
      const clean = pictureBytes.clean(whole.slice(0, size));
      assert.ok(clean === null || clean.turn >= 1, `${name}, ${size} bytes`);
    }
    for (let at = 0; at < whole.length; at++) {
      const changed = whole.slice();
      changed[at] ^= 0xFF;
      const clean = pictureBytes.clean(changed);
      assert.ok(clean === null || (clean.turn >= 1 && clean.turn <= 8), `${name}, byte ${at}`);
    }
  }
});

test('what is no picture is nothing to clean', () => {
  assert.equal(pictureBytes.clean(latin('<svg/>')), null);
  assert.equal(pictureBytes.clean(new Uint8Array(0)), null);
});

