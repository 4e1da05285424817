// localStorage, sessionStorage and IndexedDB. Any of them may be forbidden, full or gone; that is answered, never thrown.
Kumquat.storage = {
  opened: null,
  // A static site puts its path into these (local.js).
  prefix: 'kumquat.',
  database: 'kumquat',

  // --- Small values ---

  area(which) {
    return which === 0 ? localStorage : sessionStorage;
  },

  get(which, key) {
    try {
      return this.area(which).getItem(this.prefix + key);
    } catch {
      return null;
    }
  },

  // 0, or 1 for forbidden, 2 for full.
  set(which, key, value) {
    try {
      if (value === '') this.area(which).removeItem(this.prefix + key);
      else this.area(which).setItem(this.prefix + key, value);
      return 0;
    } catch (error) {
      return this.failure(error);
    }
  },

  failure(error) {
    return error && error.name === 'QuotaExceededError' ? 2 : 1;
  },

  // --- Records: key [user, kind, key], value bytes. Pictures (pictures.js): key [user, key] ---

  open() {
    if (this.opened !== null) return this.opened;
    this.opened = new Promise((resolve, reject) => {
      const request = indexedDB.open(this.database, 2);
      request.onupgradeneeded = (event) => {
        if (event.oldVersion < 1) request.result.createObjectStore('records');
        if (event.oldVersion < 2) request.result.createObjectStore('pictures');
      };
      request.onsuccess = () => {
        const database = request.result;
        const forget = () => { this.opened = null; };
        // Another tab upgrades, or the browser takes it away: open anew when it is needed.
        database.onversionchange = () => { database.close(); forget(); };
        database.onclose = forget;
        resolve(database);
      };
      request.onerror = () => reject(request.error);
      request.onblocked = () => reject(new Error('another tab holds the database'));
    });
    this.opened.catch(() => { this.opened = null; });
    return this.opened;
  },

  // Runs `work` in one transaction over `stores` that is on the disk when it is answered.
  async write(request, stores, work) {
    let failure = 0;
    try {
      const database = await this.open();
      await new Promise((resolve, reject) => {
        const transaction = database.transaction(stores, 'readwrite', { durability: 'strict' });
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
        work(...stores.map((name) => transaction.objectStore(name)));
      });
    } catch (error) {
      failure = this.failure(error);
    }
    Kumquat.host.stored(request, failure, new Uint8Array(0));
  },

  // As packed by src/platform/web/web_storage.cpp: kind, has value, length and key, length and value.
  unpack(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const decoder = new TextDecoder();
    const changes = [];
    for (let at = 0; at < bytes.length;) {
      const kind = bytes[at];
      const has = bytes[at + 1];
      const keySize = view.getUint32(at + 2, true);
      const key = decoder.decode(bytes.subarray(at + 6, at + 6 + keySize));
      at += 6 + keySize;
      const valueSize = view.getUint32(at, true);
      const value = has ? bytes.slice(at + 4, at + 4 + valueSize) : null;
      at += 4 + valueSize;
      changes.push({ kind, key, value });
    }
    return changes;
  },

  apply(request, user, bytes) {
    const changes = this.unpack(bytes);
    this.write(request, ['records'], (store) => {
      for (const { kind, key, value } of changes) {
        if (value === null) store.delete([user, kind, key]);
        else store.put(value, [user, kind, key]);
      }
    });
  },

  erase(request, user) {
    // An array is greater than every number.
    const all = IDBKeyRange.bound([user], [user, []]);
    this.write(request, ['records', 'pictures'], (records, pictures) => {
      records.delete(all);
      pictures.delete(all);
    });
  },

  /// Of everybody, in this tab and for all tabs; how the page looks and sounds stays.
  async eraseAll() {
    for (const area of [localStorage, sessionStorage]) {
      for (const key of Object.keys(area)) {
        if (key.startsWith(this.prefix) && !/(theme|language|sound|notifications)$/.test(key)) area.removeItem(key);
      }
    }
    const database = await this.open();
    await new Promise((resolve, reject) => {
      const transaction = database.transaction(['records', 'pictures'], 'readwrite', { durability: 'strict' });
      transaction.objectStore('records').clear();
      transaction.objectStore('pictures').clear();
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
  },

  async load(request, user, kind) {
    const pieces = [];
    let failure = 0;
    try {
      const database = await this.open();
      await new Promise((resolve, reject) => {
        const transaction = database.transaction('records', 'readonly');
        const cursor = transaction.objectStore('records').openCursor(IDBKeyRange.bound([user, kind], [user, kind, []]));
        cursor.onsuccess = () => {
          if (!cursor.result) return;
          pieces.push(new TextEncoder().encode(cursor.result.key[2]), cursor.result.value);
          cursor.result.continue();
        };
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
      });
    } catch (error) {
      failure = this.failure(error);
    }
    Kumquat.host.stored(request, failure, failure ? new Uint8Array(0) : this.pack(pieces));
  },

  pack(pieces) {
    const block = new Uint8Array(pieces.reduce((size, piece) => size + 4 + piece.length, 0));
    const view = new DataView(block.buffer);
    let at = 0;
    for (const piece of pieces) {
      view.setUint32(at, piece.length, true);
      block.set(piece, at + 4);
      at += 4 + piece.length;
    }
    return block;
  },
};
