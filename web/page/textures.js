// Pictures decoded by the browser and put straight into GL textures (src/platform/picture_loader.h).
Kumquat.textures = {
  loads: new Map(),  // number -> { abort, bitmap }

  bytesMax() {
    return (navigator.deviceMemory && navigator.deviceMemory <= 4 ? 32 : 64) * 1024 * 1024;
  },

  async load(number, id, user, key, rendition, width) {
    const load = { abort: new AbortController(), bitmap: null };
    this.loads.set(number, load);
    let bitmap = null;
    let gone = true;
    try {
      let file = null;
      if (id) {
        gone = false;
        file = await Kumquat.blobs.download(id, load.abort.signal);
        gone = true;
      } else {
        file = await Kumquat.pictures.file(user, key, rendition);
      }
      bitmap = await this.decode(file, width);
    } catch (error) {
      if (this.loads.get(number) !== load) return;
      this.loads.delete(number);
      Kumquat.host.pictureFailed(number, gone || error.gone ? 1 : 0);
      return;
    }
    if (this.loads.get(number) !== load) {
      bitmap.close();
      return;
    }
    load.bitmap = bitmap;
    Kumquat.host.pictureDecoded(number, bitmap.width, bitmap.height);
  },

  // Our blending wants straight alpha. One side alone keeps the proportions.
  async decode(file, width) {
    const options = { premultiplyAlpha: 'none' };
    const whole = await createImageBitmap(file, options);
    if (width === 0 || whole.width <= width) return whole;
    options.resizeWidth = width;
    options.resizeHeight = Math.max(1, Math.round(whole.height * width / whole.width));
    options.resizeQuality = 'high';
    const small = await createImageBitmap(whole, options);
    whole.close();
    return small;
  },

  drop(number) {
    const load = this.loads.get(number);
    if (!load) return;
    this.loads.delete(number);
    load.abort.abort();
    if (load.bitmap) load.bitmap.close();
  },

  fill(number, gl, texture) {
    const load = this.loads.get(number);
    if (!load || !load.bitmap) return;
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, load.bitmap);
    load.bitmap.close();
    this.loads.delete(number);
  },
};
