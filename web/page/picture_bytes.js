// What picture files carry beside the picture - where it was taken, by whom, with what - and how to take it out without
// touching the picture. Knows no browser: bytes come in, bytes go out.
Kumquat.pictureBytes = {
  keptPng: new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP', 'sBIT', 'bKGD', 'pHYs',
    'acTL', 'fcTL', 'fdAT']),
  keptWebp: new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']),

  text(bytes, at, size) {
    return String.fromCharCode(...bytes.subarray(at, at + size));
  },

  // 'jpeg', 'png', 'gif', 'webp' or ''.
  kind(bytes) {
    if (bytes[0] === 0xFF && bytes[1] === 0xD8) return 'jpeg';
    if (this.text(bytes, 0, 8) === '\x89PNG\r\n\x1A\n') return 'png';
    if (/^GIF8[79]a$/.test(this.text(bytes, 0, 6))) return 'gif';
    return this.text(bytes, 0, 4) === 'RIFF' && this.text(bytes, 8, 4) === 'WEBP' ? 'webp' : '';
  },

  // The turn that a block of EXIF asks for, 1 to 8; 1: none. `at` is where its TIFF header begins.
  orientation(bytes, at, end) {
    if (at + 8 > end) return 1;
    const little = bytes[at] === 0x49;
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const directory = at + view.getUint32(at + 4, little);
    if (directory + 2 > end) return 1;
    const count = view.getUint16(directory, little);
    for (let i = 0; i < count; i++) {
      const entry = directory + 2 + 12 * i;
      if (entry + 12 > end) return 1;
      if (view.getUint16(entry, little) !== 0x0112) continue;
      const turn = view.getUint16(entry + 8, little);
      return turn >= 1 && turn <= 8 ? turn : 1;
    }
    return 1;
  },

  // `keep`: ranges [from, to) to keep. null: all of it.
  join(bytes, keep) {
    const size = keep.reduce((sum, [from, to]) => sum + to - from, 0);
    if (size === bytes.length) return null;
    const out = new Uint8Array(size);
    let at = 0;
    for (const [from, to] of keep) {
      out.set(bytes.subarray(from, to), at);
      at += to - from;
    }
    return out;
  },

  // {turn, bytes}: the picture alone, and the turn it needs to stand upright. `bytes` is null if there was nothing to take
  // out. null in all: the file is not built as it should be.
  clean(bytes) {
    switch (this.kind(bytes)) {
      case 'jpeg': return this.cleanJpeg(bytes);
      case 'png': return this.cleanPng(bytes);
      case 'webp': return this.cleanWebp(bytes);
      case 'gif': return { turn: 1, bytes: null };
      default: return null;
    }
  },

  // Of the application segments only those that change how it looks stay: JFIF, a colour profile, Adobe's colour transform.
  // What stands behind the end (a second picture, a film) goes.
  cleanJpeg(bytes) {
    const keep = [[0, 2]];
    let turn = 1;
    let at = 2;
    while (at + 4 <= bytes.length) {
      if (bytes[at] !== 0xFF) return null;
      const marker = bytes[at + 1];
      if (marker === 0xFF) {
        at += 1;
        continue;
      }
      if (marker === 0xD9) break;
      const end = at + 2 + (bytes[at + 2] << 8 | bytes[at + 3]);
      if (end > bytes.length) return null;
      const name = this.text(bytes, at + 4, Math.min(12, end - at - 4));
      const looks = marker === 0xE0 || marker === 0xEE || (marker === 0xE2 && name.startsWith('ICC_PROFILE'));
      const extra = (marker >= 0xE0 && marker <= 0xEF) || marker === 0xFE;
      if (marker === 0xE1 && name.startsWith('Exif\0\0')) turn = this.orientation(bytes, at + 10, end);
      if (!extra || looks) keep.push([at, end]);
      at = end;
      if (marker !== 0xDA) continue;
      // The scan's own data: up to a marker that is neither a stuffed zero nor a restart.
      const from = at;
      while (at + 1 < bytes.length) {
        const next = bytes[at + 1];
        if (bytes[at] === 0xFF && next !== 0 && next !== 0xFF && !(next >= 0xD0 && next <= 0xD7)) break;
        at += 1;
      }
      keep.push([from, at]);
    }
    if (bytes[at] !== 0xFF || bytes[at + 1] !== 0xD9) return null;
    keep.push([at, at + 2]);
    return { turn, bytes: this.join(bytes, keep) };
  },

  cleanPng(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const keep = [[0, 8]];
    let turn = 1;
    for (let at = 8; at + 12 <= bytes.length;) {
      const end = at + 12 + view.getUint32(at);
      if (end > bytes.length) return null;
      const name = this.text(bytes, at + 4, 4);
      if (name === 'eXIf') turn = this.orientation(bytes, at + 8, end - 4);
      if (this.keptPng.has(name)) keep.push([at, end]);
      if (name === 'IEND') return { turn, bytes: this.join(bytes, keep) };
      at = end;
    }
    return null;
  },

  cleanWebp(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const file = Math.min(bytes.length, 8 + view.getUint32(4, true));
    const keep = [[0, 12]];
    let turn = 1;
    for (let at = 12; at < file;) {
      if (at + 8 > file) return null;
      const size = view.getUint32(at + 4, true);
      if (at + 8 + size > file) return null;
      // Chunks begin at even places; the last one's filler may be missing.
      const end = Math.min(file, at + 8 + size + (size & 1));
      const name = this.text(bytes, at, 4);
      if (name === 'EXIF') {
        const named = this.text(bytes, at + 8, 6) === 'Exif\0\0';
        turn = this.orientation(bytes, at + (named ? 14 : 8), at + 8 + size);
      }
      if (this.keptWebp.has(name)) keep.push([at, end]);
      at = end;
    }
    const out = this.join(bytes, keep);
    if (out === null) return { turn, bytes: null };
    new DataView(out.buffer).setUint32(4, out.length - 8, true);
    // The header says what the file holds: no EXIF, no XMP any more.
    if (this.text(out, 12, 4) === 'VP8X') out[20] &= ~0x0C;
    return { turn, bytes: out };
  },
};
