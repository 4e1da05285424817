// The bytes of pictures to kumquatd and back, over HTTP (src/platform/blob_channel.h). XMLHttpRequest, because fetch() tells
// nothing of how far an upload has come. To the service inside the browser they go over its port (local.js).
Kumquat.blobs = {
  stallMs: 30_000,         // without a byte for so long it is given up
  uploads: new Map(),      // number -> XMLHttpRequest

  // Beside the page itself, so that a page under a path of its own works too.
  address(id) {
    return new URL(id ? 'pictures/' + id : 'pictures', document.baseURI).pathname;
  },

  async upload(number, user, key, rendition, session) {
    const request = new XMLHttpRequest();
    this.uploads.set(number, request);
    const file = await Kumquat.pictures.file(user, key, rendition);
    if (this.uploads.get(number) !== request) return;
    if (file === null) {
      this.uploads.delete(number);
      Kumquat.host.blobMissing(number);
      return;
    }
    if (Kumquat.local.on) {
      this.uploads.delete(number);
      Kumquat.local.upload(number, session, file);
      return;
    }
    let timer = 0;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(), this.stallMs);
    };
    request.open('POST', this.address(''));
    request.setRequestHeader('Authorization', 'Bearer ' + session);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = (event) => {
      alive();
      if (this.uploads.has(number)) Kumquat.host.blobProgress(number, event.loaded);
    };
    request.onloadend = () => {
      clearTimeout(timer);
      if (!this.uploads.delete(number)) return;
      const answer = this.answer(request);
      Kumquat.host.blobDone(number, request.status, answer.code, answer.id, answer.wait);
    };
    alive();
    request.send(file);
  },

  answer(request) {
    const seconds = request.status ? parseFloat(request.getResponseHeader('Retry-After')) : NaN;
    const answer = { code: 0, id: '', wait: seconds >= 0 ? Math.min(seconds, 3600) * 1000 : -1 };
    try {
      const body = JSON.parse(request.responseText);
      if (Number.isSafeInteger(body.code)) answer.code = body.code | 0;
      if (typeof body.id === 'string') answer.id = body.id;
    } catch {
      // Not the service's form: the status alone counts.
    }
    return answer;
  },

  abort(number) {
    const request = this.uploads.get(number);
    this.uploads.delete(number);
    if (request) request.abort();
    else Kumquat.local.abort(number);
  },

  // The bytes of an uploaded file. Throws an error whose `gone` says whether it makes no sense to try again.
  async download(id, signal) {
    if (Kumquat.local.on) return Kumquat.local.picture(id);
    const response = await fetch(this.address(id), { signal });
    if (response.ok) return response.blob();
    const error = new Error('status ' + response.status);
    error.gone = response.status >= 400 && response.status < 500 && response.status !== 408 && response.status !== 429;
    throw error;
  },
};
