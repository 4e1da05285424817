// What the service inside the browser keeps, in IndexedDB: the newest snapshot in chunks, the journal's records behind it,
// the pictures' bytes, and the fence. Every write is one transaction of strict durability that first compares the fence: of
// two services that both believe to be the one, only the younger can write.
//
//   meta      'fence' -> epoch of whoever may write; 'snapshot' -> { generation, chunks }
//   chunks    [generation, index] -> bytes
//   journal   record's number -> bytes
//   pictures  ID -> Blob

// Codes of src/base/error_code.h, as src/worker/abi.h wants them.
const kumquatCodes = {
  ok: 0, storageFailed: 199012, dataNewer: 199020, dataInUse: 199021, diskFull: 199022, dataDamaged: 199027, dataNotEmpty: 199028,
};

class KumquatDisk {
  constructor(database, epoch, onLost) {
    this.database = database;
    this.epoch = epoch;
    // Another version of the page wants to change the layout: let it, and stop.
    database.onversionchange = () => { database.close(); onLost('newer'); };
    // The person has cleared the site's data, or the browser took it away.
    database.onclose = () => onLost('cleared');
  }

  /// Opens the database and raises the fence. Rejects with an Error whose `trouble` is 'denied', 'full', 'blocked' or 'newer'.
  static async open(name, epoch, onLost) {
    let database = null;
    try {
      database = await new Promise((resolve, reject) => {
        const request = indexedDB.open(name, 1);
        request.onupgradeneeded = () => {
          for (const store of ['meta', 'chunks', 'journal', 'pictures']) request.result.createObjectStore(store);
        };
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
        request.onblocked = () => reject(new DOMException('another version holds the database', 'BlockedError'));
      });
      const disk = new KumquatDisk(database, epoch, onLost);
      await disk.transaction(['meta'], (meta) => meta.put(epoch, 'fence'));
      return disk;
    } catch (error) {
      if (database) database.close();
      throw Object.assign(new Error(`the database cannot be opened: ${error && error.message}`), { trouble: KumquatDisk.trouble(error) });
    }
  }

  static trouble(error) {
    const troubles = { QuotaExceededError: 'full', BlockedError: 'blocked', VersionError: 'newer' };
    return troubles[error && error.name] || 'denied';
  }

  /// Runs `work(...stores)` in one durable transaction. Rejects with what made it fail.
  transaction(names, work) {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(names, 'readwrite', { durability: 'strict' });
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error || new DOMException('given up', 'AbortError'));
      work(...names.map((name) => transaction.objectStore(name)));
    });
  }

  /// As transaction(), if the fence is still ours. Answers with a code.
  async write(names, work) {
    let fenced = false;
    try {
      await this.transaction([...names, 'meta'], (...stores) => {
        const meta = stores[stores.length - 1];
        const fence = meta.get('fence');
        fence.onsuccess = () => {
          if (fence.result === this.epoch) {
            work(...stores);
          } else {
            fenced = true;
            meta.transaction.abort();
          }
        };
      });
      return kumquatCodes.ok;
    } catch (error) {
      if (fenced) return kumquatCodes.dataInUse;
      return error && error.name === 'QuotaExceededError' ? kumquatCodes.diskFull : kumquatCodes.storageFailed;
    }
  }

  read(names, work) {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(names, 'readonly');
      const requests = work(...names.map((name) => transaction.objectStore(name)));
      transaction.oncomplete = () => resolve(requests.map((request) => request.result));
      transaction.onabort = () => reject(transaction.error);
    });
  }

  /// { chunks, records, pictures }: bytes of the snapshot and of the journal in order, and the IDs of all pictures.
  async load() {
    const [snapshot, records, pictures] = await this.read(['meta', 'journal', 'pictures'], (meta, journal, files) => [
      meta.get('snapshot'), journal.getAll(), files.getAllKeys()]);
    let chunks = [];
    if (snapshot) {
      const all = IDBKeyRange.bound([snapshot.generation, 0], [snapshot.generation, snapshot.chunks - 1]);
      [chunks] = await this.read(['chunks'], (store) => [store.getAll(all)]);
    }
    this.generation = snapshot ? snapshot.generation : 0;
    return { chunks, records, pictures };
  }

  commit(record, bytes) {
    return this.write(['journal'], (journal) => journal.put(bytes, record));
  }

  /// A chunk of a snapshot under way; nothing reads it before the last one is stored.
  putChunk(generation, index, bytes) {
    return this.write(['chunks'], (chunks) => chunks.put(bytes, [generation, index]));
  }

  /// The last chunk makes it the newest snapshot; what it replaces goes in the same transaction.
  finishSnapshot(generation, index, bytes, record) {
    return this.write(['chunks', 'journal'], (chunks, journal, meta) => {
      this.replaceSnapshot(chunks, meta, generation, [[index, bytes]], index + 1);
      journal.delete(IDBKeyRange.upperBound(record));
    });
  }

  replaceSnapshot(chunks, meta, generation, added, count) {
    chunks.delete(IDBKeyRange.upperBound([generation], true));
    // Also what a snapshot of the same generation has left that was never finished.
    chunks.delete(IDBKeyRange.lowerBound([generation, count - 1], true));
    for (const [index, bytes] of added) chunks.put(bytes, [generation, index]);
    meta.put({ generation, chunks: count }, 'snapshot');
    this.generation = generation;
  }

  putPicture(id, file) {
    return this.write(['pictures'], (pictures) => pictures.put(file, id));
  }

  removePictures(ids) {
    return this.write(['pictures'], (pictures) => { for (const id of ids) pictures.delete(id); });
  }

  async picture(id) {
    const [file] = await this.read(['pictures'], (pictures) => [pictures.get(id)]);
    return file || null;
  }

  /// Everything is replaced by an imported world, or by nothing.
  replaceAll(chunks, pictures) {
    return this.write(['chunks', 'journal', 'pictures'], (store, journal, files, meta) => {
      journal.clear();
      files.clear();
      if (chunks.length > 0) {
        this.replaceSnapshot(store, meta, this.generation + 1, chunks.map((bytes, index) => [index, bytes]), chunks.length);
      } else {
        store.clear();
        meta.delete('snapshot');
      }
      for (const [id, file] of pictures) files.put(file, id);
    });
  }

  close() {
    this.database.onclose = null;
    this.database.onversionchange = null;
    this.database.close();
  }
}
