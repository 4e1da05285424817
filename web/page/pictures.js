// Pictures of this device: chosen, dropped, pasted; made ready for sending; kept until they are uploaded
// (src/platform/pictures.h). Bytes stay here, behind keys.
Kumquat.pictures = {
  headBytes: 512 * 1024,   // kHeadBytes
  filesMax: 30,            // of one choice; C++ takes fewer
  bytesMax: 20 * 1024 * 1024 - 1,
  youngMs: 10 * 60 * 1000,
  formats: { 'image/jpeg': 1, 'image/gif': 2, 'image/png': 3, 'image/webp': 255 },
  chosen: new Map(),       // key -> File
  made: new Map(),         // key -> { user, files }; of files, null means "the one before"
  chooser: null,
  dragging: false,
  dragTimer: 0,

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

  // Failures: 1 damaged, 2 too large, 3 not possible in this browser.
  async prepare(user, key, purpose) {
    const fail = (failure) => Kumquat.host.prepared(key, failure, 0, 0, []);
    const file = this.chosen.get(key);
    let made = null;
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      await Kumquat.rest.scripts();
      made = await Kumquat.renditions.make(bytes, Kumquat.pictureBytes.kind(bytes), purpose === 1);
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
