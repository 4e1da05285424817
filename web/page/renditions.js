// A picture made ready for sending: upright, without what its file tells beside it, and in the sizes that are shown.
Kumquat.renditions = {
  longMax: 2560,           // of the longer side; no screen in a chat shows more, and a camera's picture has 8 MB
  sides: [720, 198],
  types: { jpeg: 'image/jpeg', png: 'image/png', gif: 'image/gif', webp: 'image/webp' },
  canvasTold: null,

  // Browsers that guard against fingerprinting answer with noise; a picture made of it would be sent.
  canvasTells() {
    if (this.canvasTold === null) {
      const canvas = this.newCanvas(4, 4);
      const context = canvas.getContext('2d', { willReadFrequently: true });
      context.fillStyle = '#2040C0';
      context.fillRect(0, 0, 4, 4);
      const read = context.getImageData(0, 0, 4, 4).data;
      const near = (value, wanted) => Math.abs(value - wanted) <= 2;
      this.canvasTold = Array.from(read).every((value, i) => near(value, [0x20, 0x40, 0xC0, 0xFF][i % 4]));
    }
    return this.canvasTold;
  },

  newCanvas(width, height) {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    return canvas;
  },

  // A smaller picture, or the same size if it is only to be written anew.
  async render(bitmap, width, height, type, quality) {
    let source = bitmap;
    if (width !== bitmap.width || height !== bitmap.height) {
      source = await createImageBitmap(bitmap, { resizeWidth: width, resizeHeight: height, resizeQuality: 'high' });
    }
    const canvas = this.newCanvas(width, height);
    canvas.getContext('2d').drawImage(source, 0, 0);
    if (source !== bitmap) source.close();
    return new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('toBlob'))), type, quality);
    });
  },

  // The picture upright, alone and not larger than anybody can see: { width, height, blob }. null: it would have to be drawn
  // anew, and this browser does not let it.
  async original(bytes, kind, bitmap) {
    const { width, height } = bitmap;
    const factor = this.longMax / Math.max(width, height);
    // An animation would stand still.
    if (factor < 1 && kind !== 'gif' && this.canvasTells()) {
      const small = { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
      small.blob = await this.render(bitmap, small.width, small.height, this.types[kind], 0.9);
      // A large drawing of few colours can become heavier by its new shades.
      if (small.blob.size < bytes.length) return small;
    }
    const clean = Kumquat.pictureBytes.clean(bytes);
    if (clean !== null && clean.turn === 1) return { width, height, blob: new Blob([clean.bytes || bytes], { type: this.types[kind] }) };
    if (!this.canvasTells()) return null;
    return { width, height, blob: await this.render(bitmap, width, height, this.types[kind], 0.92) };
  },

  async square(bitmap) {
    const side = Math.min(bitmap.width, bitmap.height);
    const left = (bitmap.width - side) >> 1;
    const top = (bitmap.height - side) >> 1;
    const cut = await createImageBitmap(bitmap, left, top, side, side);
    bitmap.close();
    return cut;
  },

  // [{ width, height, blob }], each smaller than the one before or, where it would not be, the same.
  async make(bytes, kind, square) {
    let bitmap = await createImageBitmap(new Blob([bytes], { type: this.types[kind] }));
    // JPEG for photos; for drawings and screenshots something without its smear, if this browser can write it.
    const type = kind === 'jpeg' ? 'image/jpeg' : 'image/webp';
    const quality = kind === 'jpeg' ? 0.85 : 0.9;
    try {
      const crops = square && this.canvasTells();
      if (crops) bitmap = await this.square(bitmap);
      const { width, height } = bitmap;
      const made = [];
      if (crops) {
        const side = Kumquat.host.renditionSize(width, height, this.sides[0])[0];
        made.push({ width: side, height: side, blob: await this.render(bitmap, side, side, type, quality) });
      } else {
        const whole = await this.original(bytes, kind, bitmap);
        if (whole === null) return null;
        made.push(whole);
      }
      for (const side of this.sides) {
        const before = made[made.length - 1];
        const size = Kumquat.host.renditionSize(width, height, side);
        const smaller = size[0] < before.width || size[1] < before.height;
        let blob = null;
        // An animation stays one in every size.
        if (smaller && kind !== 'gif' && this.canvasTells()) blob = await this.render(bitmap, size[0], size[1], type, quality);
        if (blob !== null && blob.size < before.blob.size) made.push({ width: size[0], height: size[1], blob });
        else made.push(before);
      }
      return made;
    } finally {
      bitmap.close();
    }
  },
};
