// Pictures of this device: chosen, dropped, pasted; made ready for sending; kept until they are uploaded
// (src/platform/pictures.h). Bytes stay here, behind keys.
Kumquat.pictures = {
  headBytes: 512 * 1024,   // kHeadBytes
  filesMax: 30,            // of one choice; C++ takes fewer
  bytesMax: 20 * 1024 * 1024 - 1,
  longMax: 2560,           // of the longer side; no screen in a chat shows more, and a camera's picture has 8 MB
  sides: [720, 198],
  youngMs: 10 * 60 * 1000,
  types: { jpeg: 'image/jpeg', png: 'image/png', gif: 'image/gif', webp: 'image/webp' },
  formats: { 'image/jpeg': 1, 'image/gif': 2, 'image/png': 3, 'image/webp': 255 },
  chosen: new Map(),       // key -> File
  made: new Map(),         // key -> { user, files }; of files, null means "the one before"
  chooser: null,
  dragging: false,
  dragTimer: 0,
  canvasTold: null,

  newKey() {
    const random = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
  },

  // --- Choosing ---

  // A new input each time: the old one would not report the same file again, and one that was cancelled reports nothing.
  pick(purpose) {
    if (this.chooser) this.chooser.remove();
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = 'image/jpeg,image/png,image/gif,image/webp';
    input.multiple = purpose === 0;
    input.hidden = true;
    input.addEventListener('change', () => {
      input.remove();
      this.take(purpose, input.files);
    });
    document.body.append(input);
    this.chooser = input;
    input.click();
  },

  async take(purpose, files) {
    const pieces = [];
    for (const file of Array.from(files).slice(0, this.filesMax)) {
      const key = this.newKey();
      let head = new Uint8Array(0);
      try {
        head = new Uint8Array(await file.slice(0, this.headBytes).arrayBuffer());
      } catch {
        // A folder, or a file that has gone: C++ refuses what has no first bytes.
      }
      this.chosen.set(key, file);
      for (const text of [key, file.name || '', String(file.size)]) pieces.push(Kumquat.encoder.encode(text));
      pieces.push(head);
    }
    if (pieces.length > 0) Kumquat.host.picked(purpose, Kumquat.storage.pack(pieces));
  },

  hasFiles(event) {
    return event.dataTransfer !== null && Array.from(event.dataTransfer.types).includes('Files');
  },

  setDrag(on) {
    clearTimeout(this.dragTimer);
    // Browsers do not agree on telling that a drag has left the window; while it goes on they say so all the time.
    this.dragTimer = on ? setTimeout(() => this.setDrag(false), 600) : 0;
    if (on === this.dragging) return;
    this.dragging = on;
    Kumquat.host.pictureDrag(on ? 1 : 0);
  },

  onDragOver(event) {
    if (this.hasFiles(event)) {
      event.dataTransfer.dropEffect = 'copy';
      this.setDrag(true);
    } else if (Kumquat.stage.isField(event.target)) {
      return;
    }
    event.preventDefault();
  },

  onDrop(event) {
    const files = this.hasFiles(event);
    if (files || !Kumquat.stage.isField(event.target)) event.preventDefault();
    this.setDrag(false);
    if (files) this.take(0, event.dataTransfer.files);
  },

  // Office programs put a picture of the text beside the text: the text is meant then.
  onPaste(event) {
    const field = Kumquat.stage.isField(event.target) ? event.target.dataset.field || '' : 'composer:';
    const data = event.clipboardData;
    if (!field.startsWith('composer:') || !data || data.files.length === 0 || data.types.includes('text/plain')) return;
    event.preventDefault();
    this.take(0, data.files);
  },

  start() {
    const stage = document.getElementById('stage');
    stage.addEventListener('dragover', (event) => this.onDragOver(event));
    stage.addEventListener('drop', (event) => this.onDrop(event));
    document.addEventListener('paste', (event) => this.onPaste(event));
  },

  // --- Preparing ---

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
  async renditions(bytes, kind, square) {
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

  // Failures: 1 damaged, 2 too large, 3 not possible in this browser.
  async prepare(user, key, purpose) {
    const fail = (failure) => Kumquat.host.prepared(key, failure, 0, 0, []);
    const file = this.chosen.get(key);
    let made = null;
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      made = await this.renditions(bytes, Kumquat.pictureBytes.kind(bytes), purpose === 1);
    } catch {
      fail(1);
      return;
    }
    if (made === null || made[0].blob.size > this.bytesMax) {
      fail(made === null ? 3 : 2);
      return;
    }
    // It was taken out again meanwhile.
    if (!this.chosen.has(key)) return;
    this.chosen.delete(key);
    const files = made.map((rendition, i) => (i > 0 && rendition === made[i - 1] ? null : rendition.blob));
    this.made.set(key, { user, files });
    const kept = await this.keep(user, key, files);
    // And now.
    if (!this.made.has(key)) {
      this.forget(user, key);
      return;
    }
    const numbers = made.flatMap((rendition) => [rendition.width, rendition.height, rendition.blob.size]);
    Kumquat.host.prepared(key, 0, kept ? 1 : 0, this.formats[made[0].blob.type] || 0, numbers);
  },

  // --- Keeping ---

  // One transaction over the store of pictures. null: this browser does not let it.
  async inStore(mode, work) {
    try {
      const database = await Kumquat.storage.open();
      return await new Promise((resolve, reject) => {
        const transaction = database.transaction('pictures', mode, mode === 'readwrite' ? { durability: 'strict' } : {});
        const request = work(transaction.objectStore('pictures'));
        transaction.oncomplete = () => resolve({ result: request ? request.result : undefined });
        transaction.onabort = () => reject(transaction.error);
      });
    } catch {
      return null;
    }
  },

  async keep(user, key, files) {
    return await this.inStore('readwrite', (store) => store.put({ made: Date.now(), files }, [user, key])) !== null;
  },

  forget(user, key) {
    this.chosen.delete(key);
    this.made.delete(key);
    // If it cannot be erased now, keepOnly() does it another time.
    this.inStore('readwrite', (store) => store.delete([user, key]));
  },

  keepOnly(user, keys) {
    const wanted = new Set(keys);
    const young = Date.now() - this.youngMs;
    this.inStore('readwrite', (store) => {
      const cursor = store.openCursor(IDBKeyRange.bound([user], [user, []]));
      cursor.onsuccess = () => {
        const at = cursor.result;
        if (!at) return;
        if (!wanted.has(at.key[1]) && !(at.value.made > young)) at.delete();
        at.continue();
      };
      return null;
    });
  },

  // The bytes of a rendition; null if they are not here any more.
  async file(user, key, rendition) {
    let entry = this.made.get(key);
    if (!entry) {
      const found = await this.inStore('readonly', (store) => store.get([user, key]));
      if (found === null || !found.result) return null;
      entry = { user, files: found.result.files };
      this.made.set(key, entry);
    }
    for (let i = rendition; i >= 0; i--) {
      if (entry.files[i]) return entry.files[i];
    }
    return null;
  },
};
